package org.securechat.http.call;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Integers that are not negative in their one decimal spelling. */
final class DecimalText {
  private static final Pattern SHAPE = Pattern.compile("0|[1-9][0-9]{0,17}");

  private DecimalText() {}

  /** Empty for every other text, zeros before the number, a sign and more than 18 digits too. */
  static OptionalLong parse(String text) {
    return SHAPE.matcher(text).matches()
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }
}
