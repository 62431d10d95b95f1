package org.securechat.http.signature;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The text that a message signature is made over (RFC 9421, section 2.5). */
final class SignatureBase {
  private static final Pattern FIELD_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]+");
  private static final Pattern PRINTABLE = Pattern.compile("[ -~]*");

  private SignatureBase() {}

  /**
   * Makes the base. A component is {@code @method}, {@code @path}, {@code @query}, {@code
   * @authority} or the name of a header field in lower case.
   *
   * @param components in the order in which they were signed
   * @param parameters the value of {@code @signature-params}, exactly as received
   * @return empty if the message does not have a component, or it is of another kind, or its value
   *     is no printable ASCII
   */
  static Optional<String> of(List<String> components, String parameters, SignedMessage message) {
    StringBuilder base = new StringBuilder();
    for (String component : components) {
      Optional<String> value = value(component, message);
      if (value.isEmpty() || !PRINTABLE.matcher(value.get()).matches()) {
        return Optional.empty();
      }
      base.append('"').append(component).append("\": ").append(value.get()).append('\n');
    }
    return Optional.of(base.append("\"@signature-params\": ").append(parameters).toString());
  }

  private static Optional<String> value(String component, SignedMessage message) {
    return switch (component) {
      case "@method" -> Optional.of(message.line().method());
      case "@path" -> Optional.of(message.path());
      case "@query" -> message.query();
      case "@authority" -> message.onlyLine("host").map(host -> authority(host, message.scheme()));
      default ->
          FIELD_NAME.matcher(component).matches() ? message.field(component) : Optional.empty();
    };
  }

  /** In lower case, and without the scheme's own port (RFC 9110, section 4.2.3). */
  private static String authority(String host, String scheme) {
    String lower = host.toLowerCase(Locale.ROOT);
    for (String port : List.of(":", scheme.equals("https") ? ":443" : ":80")) {
      if (lower.endsWith(port)) {
        return lower.substring(0, lower.length() - port.length());
      }
    }
    return lower;
  }
}
