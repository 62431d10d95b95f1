package org.securechat.client.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What an HTTP Message Signature covers, and the text that is signed for it (RFC 9421, section
 * 2.5). Components and parameters keep the order in which they are added. For one thread.
 */
final class SignatureBase {
  private final Map<String, String> components = new LinkedHashMap<>();
  private final StringBuilder parameters = new StringBuilder();

  /** Covers a component: a derived one with its {@code @}, or a header's name in lower case. */
  SignatureBase cover(String name, String value) {
    components.put(name, value);
    return this;
  }

  SignatureBase parameter(String name, long value) {
    parameters.append(';').append(name).append('=').append(value);
    return this;
  }

  /**
   * Adds a parameter that is a string.
   *
   * @param value printable ASCII without quotes and backslashes, so that nothing is to be escaped
   */
  SignatureBase parameter(String name, String value) {
    parameters.append(';').append(name).append("=\"").append(value).append('"');
    return this;
  }

  /** The inner list with its parameters: what stands behind the label in Signature-Input. */
  String input() {
    return components.keySet().stream()
            .map(name -> "\"" + name + "\"")
            .collect(Collectors.joining(" ", "(", ")"))
        + parameters;
  }

  /** The text that is signed; no line break ends it. */
  String text() {
    StringBuilder text = new StringBuilder();
    components.forEach(
        (name, value) -> text.append('"').append(name).append("\": ").append(value).append('\n'));
    return text.append("\"@signature-params\": ").append(input()).toString();
  }
}
