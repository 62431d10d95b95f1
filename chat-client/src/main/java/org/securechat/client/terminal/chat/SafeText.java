package org.securechat.client.terminal.chat;

/**
 * Makes what others wrote harmless for a terminal: control characters, escape sequences and
 * characters that turn the direction of a line become {@value #REPLACEMENT}; what is invisible
 * goes.
 */
public final class SafeText {
  private static final String REPLACEMENT = "\ufffd";
  private static final String TAB = "    ";
  private static final String MORE = "\u2026";

  /** Marks above and below one letter; more of them would paint over other lines. */
  private static final int MAX_MARKS = 4;

  private SafeText() {}

  /** A text in several lines, which end in a line feed. */
  public static String lines(String hostile) {
    StringBuilder safe = new StringBuilder(hostile.length());
    int marks = 0;
    int previous = 0;
    for (int i = 0; i < hostile.length(); ) {
      int c = hostile.codePointAt(i);
      if (isMark(c)) {
        marks++;
      } else if (Character.getType(c) != Character.FORMAT) {
        marks = 0;
      }
      if (marks <= MAX_MARKS && !(previous == '\r' && c == '\n')) {
        append(safe, c);
      }
      previous = c;
      i += Character.charCount(c);
    }
    return safe.toString();
  }

  /** A text in one line, a sign in the place of each line's end. */
  public static String line(String hostile) {
    return lines(hostile).strip().replace("\n", " \u23ce ");
  }

  /**
   * A text in one line, cut if it is too long.
   *
   * @param columns its greatest width, at least 1
   */
  public static String line(String hostile, int columns) {
    // A character takes eight of these at most, with its marks; the rest need not be looked at.
    int enough = Math.min(hostile.length(), 8 * columns + 1);
    String line = line(hostile.substring(0, enough));
    return enough == hostile.length() && Columns.of(line) <= columns
        ? line
        : Columns.cut(line, columns - 1) + MORE;
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  private static boolean isVariationSelector(int c) {
    return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
  }

  /** Letters and signs that show nothing. */
  private static boolean isBlankLetter(int c) {
    return c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0 || c == 0x2800;
  }

  private static void append(StringBuilder safe, int c) {
    switch (Character.getType(c)) {
      case Character.CONTROL ->
          safe.append(
              switch (c) {
                case '\n', '\r' -> "\n";
                case '\t' -> TAB;
                default -> REPLACEMENT;
              });
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> safe.append('\n');
      case Character.FORMAT -> safe.append(turnsDirection(c) ? REPLACEMENT : "");
      case Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED ->
          safe.append(REPLACEMENT);
      case Character.SPACE_SEPARATOR -> safe.appendCodePoint(c == 0x3000 ? c : ' ');
      default -> {
        if (!isVariationSelector(c) && !isBlankLetter(c)) {
          safe.appendCodePoint(c);
        }
      }
    }
  }

  private static boolean turnsDirection(int c) {
    return c == 0x061c
        || c == 0x200e
        || c == 0x200f
        || (c >= 0x202a && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x206f);
  }
}
