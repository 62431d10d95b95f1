package org.securechat.client.terminal.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressBarTest {

  @Test
  void line_onTheWay_showsHowFar() {
    assertEquals(
        "photo.jpg [--------------------]   0 % of 27.0 MB",
        ProgressBar.line("photo.jpg", 0, 27_000_000));
    assertEquals(
        "photo.jpg [#########-----------]  45 % of 27.0 MB",
        ProgressBar.line("photo.jpg", 12_300_000, 27_000_000));
    assertEquals(
        "photo.jpg [####################] 100 % of 27.0 MB",
        ProgressBar.line("photo.jpg", 28_000_000, 27_000_000));
    assertEquals("empty [####################] 100 % of 0 bytes", ProgressBar.line("empty", 0, 0));
  }

  @Test
  void line_hostileName_isHarmlessAndFits() {
    String line = ProgressBar.line("\u001b[2J\n" + "\u65e5".repeat(500), 1, Long.MAX_VALUE);

    assertTrue(Columns.of(line) <= 79, line);
    assertTrue(line.indexOf('\u001b') < 0 && line.indexOf('\n') < 0, line);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "999, 999 bytes",
    "1000, 1.0 kB",
    "999949, 999.9 kB",
    "999950, 1.0 MB",
    "104857600, 104.9 MB",
    "5000000000000000, 5000.0 TB",
  })
  void size_bytes_areForPeople(long bytes, String text) {
    assertEquals(text, ProgressBar.size(bytes));
  }
}
