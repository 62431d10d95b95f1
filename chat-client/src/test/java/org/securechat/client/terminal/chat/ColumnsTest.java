package org.securechat.client.terminal.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ColumnsTest {

  @Test
  void of_wideCharacters_countsTwoEach() {
    assertEquals(3, Columns.of("abc"));
    assertEquals(6, Columns.of("\u65e5\u672c\u8a9e"));
    assertEquals(2, Columns.of("\ud83d\udc4d"));
    assertEquals(1, Columns.of("e\u0301"));
  }

  @Test
  void wrap_words_breaksAtSpaces() {
    assertEquals(List.of("one", "two three", "four"), Columns.wrap("one two three four", 5, 9));
    assertEquals(List.of("one two"), Columns.wrap("one two", 7, 7));
    assertEquals(List.of(""), Columns.wrap("", 5, 5));
    assertEquals(List.of("a", "", "b"), Columns.wrap("a\n\nb", 5, 5));
  }

  @Test
  void wrap_wordThatIsTooLong_isBrokenWhereItHasTo() {
    assertEquals(List.of("abc", "defg", "h"), Columns.wrap("abcdefgh", 3, 4));
    assertEquals(List.of("\u65e5", "\u672c", "\u8a9e"), Columns.wrap("\u65e5\u672c\u8a9e", 3, 3));
  }

  @Test
  void wrap_indentedText_keepsItsIndentation() {
    assertEquals(List.of("if x:", "  y"), Columns.wrap("if x:\n  y", 9, 9));
  }

  @RepeatedTest(50)
  void wrap_anyText_fitsAndLosesNothing(RepetitionInfo info) {
    Random random = new Random(info.getCurrentRepetition());
    StringBuilder text = new StringBuilder();
    String letters = "ab \n\u65e5\ud83d\udc4d\u0301-";
    for (int i = 0; i < 200; i++) {
      int at = random.nextInt(letters.length());
      if (!Character.isSurrogate(letters.charAt(at))) {
        text.append(letters.charAt(at));
      } else {
        text.append("\ud83d\udc4d");
      }
    }

    List<String> lines = Columns.wrap(text.toString(), 7, 10);

    assertTrue(Columns.of(lines.get(0)) <= 7, lines.toString());
    assertTrue(lines.stream().allMatch(line -> Columns.of(line) <= 10), lines.toString());
    assertEquals(
        text.toString().replaceAll("[ \n]", ""), String.join("", lines).replaceAll("[ \n]", ""));
  }
}
