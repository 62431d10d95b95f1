package org.securechat.http.json;

/**
 * The rules about characters that a JSON parser leaves alone: well-formed UTF-8 (Unicode table
 * 3-7), no byte order mark, no NUL, and escaped surrogates only in pairs.
 */
final class StrictJsonText {
  private static final int CONTINUATION = 0x80;

  private final byte[] text;
  private final int end;
  private int at;

  private StrictJsonText(byte[] text, int from, int to) {
    this.text = text;
    this.at = from;
    this.end = to;
  }

  /**
   * Looks at the bytes from {@code from} up to, not including, {@code to}.
   *
   * @throws MalformedJsonException at the first fault
   */
  static void check(byte[] text, int from, int to) {
    new StrictJsonText(text, from, to).check();
  }

  private void check() {
    if (startsWithByteOrderMark()) {
      throw new MalformedJsonException();
    }
    boolean inString = false;
    while (at < end) {
      byte b = text[at];
      if (b < 0) {
        skipMultiByte();
        continue;
      }
      at++;
      if (b == 0) {
        throw new MalformedJsonException();
      } else if (b == '"') {
        inString = !inString;
      } else if (b == '\\' && inString) {
        skipEscape();
      }
    }
  }

  private boolean startsWithByteOrderMark() {
    return end - at >= 3
        && text[at] == (byte) 0xEF
        && text[at + 1] == (byte) 0xBB
        && text[at + 2] == (byte) 0xBF;
  }

  private void skipMultiByte() {
    int lead = text[at++] & 0xFF;
    if (lead >= 0xC2 && lead <= 0xDF) {
      skipByte(CONTINUATION, 0xBF);
    } else if (lead >= 0xE0 && lead <= 0xEF) {
      skipByte(lead == 0xE0 ? 0xA0 : CONTINUATION, lead == 0xED ? 0x9F : 0xBF);
      skipByte(CONTINUATION, 0xBF);
    } else if (lead >= 0xF0 && lead <= 0xF4) {
      skipByte(lead == 0xF0 ? 0x90 : CONTINUATION, lead == 0xF4 ? 0x8F : 0xBF);
      skipByte(CONTINUATION, 0xBF);
      skipByte(CONTINUATION, 0xBF);
    } else {
      throw new MalformedJsonException();
    }
  }

  private void skipByte(int lowest, int highest) {
    int b = next();
    if (b < lowest || b > highest) {
      throw new MalformedJsonException();
    }
  }

  private void skipEscape() {
    if (next() != 'u') {
      return; // which letters may follow is the parser's matter
    }
    int unit = hexUnit();
    if (unit < Character.MIN_SURROGATE || unit > Character.MAX_SURROGATE) {
      return;
    }
    boolean pair =
        unit <= Character.MAX_HIGH_SURROGATE
            && next() == '\\'
            && next() == 'u'
            && Character.isLowSurrogate((char) hexUnit());
    if (!pair) {
      throw new MalformedJsonException();
    }
  }

  private int hexUnit() {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      int c = next();
      int digit = c < CONTINUATION ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw new MalformedJsonException();
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }

  private int next() {
    if (at == end) {
      throw new MalformedJsonException();
    }
    return text[at++] & 0xFF;
  }
}
