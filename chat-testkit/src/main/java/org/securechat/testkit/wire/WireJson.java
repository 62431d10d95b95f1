package org.securechat.testkit.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as maps, lists, strings, longs, booleans and null; other numbers are refused, because the
 * wire contract has none.
 */
public final class WireJson {
  private final String text;
  private int at;

  private WireJson(String text) {
    this.text = text;
  }

  /** An object of names and values in turn. */
  public static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return object;
  }

  /** The text of a value, without white space. */
  public static String write(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(@Nullable Object value, StringBuilder out) {
    if (value instanceof Map<?, ?> object) {
      String comma = "{";
      for (Map.Entry<?, ?> member : object.entrySet()) {
        out.append(comma);
        write(String.valueOf(member.getKey()), out);
        out.append(':');
        write(member.getValue(), out);
        comma = ",";
      }
      out.append(object.isEmpty() ? "{}" : "}");
    } else if (value instanceof List<?> array) {
      String comma = "[";
      for (Object element : array) {
        out.append(comma);
        write(element, out);
        comma = ",";
      }
      out.append(array.isEmpty() ? "[]" : "]");
    } else if (value instanceof String string) {
      out.append('"')
          .append(
              string
                  .replace("\\", "\\\\")
                  .replace("\"", "\\\"")
                  .replace("\n", "\\n")
                  .replace("\r", "\\r"))
          .append('"');
    } else {
      out.append(value);
    }
  }

  public static @Nullable Object read(String json) {
    WireJson reader = new WireJson(json);
    Object value = reader.value();
    if (reader.at != json.length()) {
      throw new AssertionError("more than one value in " + json);
    }
    return value;
  }

  private @Nullable Object value() {
    char first = text.charAt(at);
    return switch (first) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Long number() {
    int start = at;
    while (at < text.length() && "-0123456789.eE+".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return Long.valueOf(text.substring(start, at));
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    expect(word);
    return value;
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    expect("{");
    while (text.charAt(at) != '}') {
      if (!object.isEmpty()) {
        expect(",");
      }
      String name = string();
      expect(":");
      object.put(name, value());
    }
    at++;
    return object;
  }

  private List<@Nullable Object> array() {
    List<@Nullable Object> array = new ArrayList<>();
    expect("[");
    while (text.charAt(at) != ']') {
      if (!array.isEmpty()) {
        expect(",");
      }
      array.add(value());
    }
    at++;
    return array;
  }

  private String string() {
    expect("\"");
    StringBuilder string = new StringBuilder();
    while (text.charAt(at) != '"') {
      char c = text.charAt(at++);
      string.append(c == '\\' ? escaped() : c);
    }
    at++;
    return string.toString();
  }

  private char escaped() {
    char c = text.charAt(at++);
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> c;
    };
  }

  private char unicode() {
    at += 4;
    return (char) Integer.parseInt(text.substring(at - 4, at), 16);
  }

  private void expect(String expected) {
    if (!text.startsWith(expected, at)) {
      throw new AssertionError("no JSON as the server writes it: " + text);
    }
    at += expected.length();
  }
}
