package org.securechat.protocol.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Reads what {@link Instant#parse} reads, and what servers write without a formatter, which took a
 * tenth of a page's time in a client that has just been started.
 */
final class Timestamps {
  private static final String USUAL = "0000-00-00T00:00:00.000Z";

  private Timestamps() {}

  static Instant parse(String text) {
    if (isUsual(text)) {
      try {
        return LocalDateTime.of(
                number(text, 0, 4),
                number(text, 5, 7),
                number(text, 8, 10),
                number(text, 11, 13),
                number(text, 14, 16),
                number(text, 17, 19),
                1_000_000 * number(text, 20, 23))
            .toInstant(ZoneOffset.UTC);
      } catch (DateTimeException e) {
        // A leap second, or a midnight that ends its day: the parser knows about them.
      }
    }
    return Instant.parse(text);
  }

  private static boolean isUsual(String text) {
    if (text.length() != USUAL.length()) {
      return false;
    }
    for (int i = 0; i < USUAL.length(); i++) {
      char c = text.charAt(i);
      if (USUAL.charAt(i) == '0' ? c < '0' || c > '9' : c != USUAL.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }
}
