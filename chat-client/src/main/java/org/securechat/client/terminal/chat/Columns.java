package org.securechat.client.terminal.chat;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/** How wide a text without control characters is in a terminal, and where it is broken. */
public final class Columns {
  private Columns() {}

  /** The columns that it takes, or more of them where terminals disagree. */
  public static int of(String text) {
    return text.codePoints().map(Columns::of).sum();
  }

  private static int of(int c) {
    return mayBeWide(c) ? 2 : Math.max(0, WCWidth.wcwidth(c));
  }

  /** Symbols that some terminals draw as pictures. */
  private static boolean mayBeWide(int c) {
    return (c >= 0x231a && c <= 0x23ff)
        || (c >= 0x25fd && c <= 0x27bf)
        || (c >= 0x2b05 && c <= 0x2b55)
        || (c >= 0x1f000 && c <= 0x1faff);
  }

  /** As much of the beginning as fits. */
  public static String cut(String text, int columns) {
    return text.substring(0, end(text, 0, columns));
  }

  /** Where a piece of this width ends. */
  private static int end(String text, int from, int columns) {
    int left = columns;
    int end = from;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      left -= of(c);
      if (left < 0) {
        return end;
      }
      end += Character.charCount(c);
    }
    return end;
  }

  /**
   * Breaks a text into lines, at spaces where there are some.
   *
   * @param first the width of the first line, at least 2
   * @param rest the width of the others, at least 2
   */
  public static List<String> wrap(String text, int first, int rest) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : text.split("\n", -1)) {
      int from = 0;
      do {
        int end = end(paragraph, from, lines.isEmpty() ? first : rest);
        int broken = breakBefore(paragraph, from, end);
        lines.add(paragraph.substring(from, broken).stripTrailing());
        from = afterSpaces(paragraph, from, broken);
      } while (from < paragraph.length());
    }
    return lines;
  }

  /** After the last space of the piece, or its end where there is none. */
  private static int breakBefore(String text, int from, int end) {
    if (end == text.length() || text.charAt(end) == ' ') {
      return end;
    }
    int space = text.lastIndexOf(' ', end - 1);
    return space > from ? space : end;
  }

  /** The next line begins with a word; a text's own indentation stays. */
  private static int afterSpaces(String text, int from, int broken) {
    int next = broken;
    while (next > from && next < text.length() && text.charAt(next) == ' ') {
      next++;
    }
    return next;
  }
}
