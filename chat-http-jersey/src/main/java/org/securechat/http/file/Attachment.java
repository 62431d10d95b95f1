package org.securechat.http.file;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The field {@code Content-Disposition} (RFC 6266) of a name that somebody else chose. */
final class Attachment {
  private static final String ATTR_CHARS = "!#$&+-.^_`|~";
  private static final String SAFE_CHARS = " !#$&()+,-.;=@[]^_`{}~";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Attachment() {}

  /** Gives the name twice: in ASCII for whoever can't read the other, and as it is (RFC 8187). */
  static String named(String filename) {
    String name = filename.isBlank() ? "file" : withoutTricks(filename);
    return "attachment; filename=\"" + ascii(name) + "\"; filename*=UTF-8''" + encoded(name);
  }

  /** Without what separates folders, ends lines, or turns the direction of what follows. */
  private static String withoutTricks(String name) {
    StringBuilder clean = new StringBuilder();
    name.codePoints()
        .forEach(c ->
            clean.appendCodePoint(
                c == '/'
                        || c == '\\'
                        || Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.SURROGATE
                    ? '_'
                    : c));
    return clean.toString();
  }

  private static String ascii(String name) {
    StringBuilder ascii = new StringBuilder();
    name.codePoints()
        .forEach(
            c -> ascii.append(isAlphanumeric(c) || SAFE_CHARS.indexOf(c) >= 0 ? (char) c : '_'));
    return ascii.toString();
  }

  private static String encoded(String name) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      if (isAlphanumeric(b) || ATTR_CHARS.indexOf(b) >= 0) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX.toHexDigits(b));
      }
    }
    return encoded.toString();
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
