package org.securechat.client.terminal.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001b[2J\u001b[1;1H", // clears the screen
        "\u001b]0;title\u0007", // names the window
        "\u009b31m", // the same by one character
        "\u202egpj.exe", // turns the rest around
        "\u2066\u2069",
        "\u200f",
        "\b\b\b\bbob: no",
        "\u0000\u007f",
        "\ue000", // nobody knows what this is
      })
  void lines_thatDriveTerminals_areMadeHarmless(String hostile) {
    String safe = SafeText.lines(hostile);

    assertTrue(safe.contains("\ufffd"), safe);
    assertFalse(safe.chars().anyMatch(c -> c != '\n' && Character.isISOControl(c)), safe);
    assertFalse(safe.matches("(?s).*\\p{Cf}.*"), safe);
  }

  @Test
  void lines_everyCharacterThereIs_haveNoControlAndNoFormat() {
    StringBuilder all = new StringBuilder();
    IntStream.rangeClosed(0, Character.MAX_CODE_POINT).forEach(all::appendCodePoint);

    String safe = SafeText.lines(all.toString());

    assertFalse(
        safe.codePoints()
            .anyMatch(c ->
                c != '\n'
                    && (Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.SURROGATE)));
  }

  @Test
  void lines_lineEnds_areOneEach() {
    assertEquals("a\nb\nc\nd\ne", SafeText.lines("a\r\nb\rc\u2028d\u2029e"));
    assertEquals("a    b", SafeText.lines("a\tb"));
  }

  @Test
  void lines_emojiAndMarks_losesWhatIsInvisible() {
    assertEquals(
        "\ud83d\udc69\ud83d\udcbb \u2764",
        SafeText.lines("\ud83d\udc69\u200d\ud83d\udcbb \u2764\ufe0f"));
    assertEquals("e\u0301\u0301\u0301\u0301x", SafeText.lines("e" + "\u0301".repeat(50) + "x"));
    assertEquals(
        "e\u0301\u0301\u0301\u0301x",
        SafeText.lines("e" + "\u0301\u0301\u0301\u0301\u200b".repeat(50) + "x"));
    assertEquals("ab", SafeText.lines("a\u3164\u2800\u115f\u1160\uffa0b"));
  }

  @Test
  void line_severalLines_isOne() {
    assertEquals("one \u23ce two", SafeText.line("one\ntwo\n"));
  }

  @Test
  void line_tooLong_isCutToItsColumns() {
    assertEquals("abc", SafeText.line("abc", 3));
    assertEquals("ab\u2026", SafeText.line("abcd", 3));
    assertEquals("\u65e5\u2026", SafeText.line("\u65e5\u672c\u8a9e", 4));
    assertEquals("aaaa\u2026", SafeText.line("a".repeat(1_000_000), 5));
  }
}
