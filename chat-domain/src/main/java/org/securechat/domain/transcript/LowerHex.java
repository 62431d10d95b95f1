package org.securechat.domain.transcript;

/** Hex digits in lower case. Ids are in every row: a regular expression would take much longer. */
final class LowerHex {
  private LowerHex() {}

  static boolean isDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  static boolean isAll(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
