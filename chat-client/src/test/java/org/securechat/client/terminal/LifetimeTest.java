package org.securechat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifetimeTest {

  @Test
  void parse_numberAndUnit_isATime() {
    assertEquals(Duration.ofSeconds(30), Lifetime.parse("30s"));
    assertEquals(Duration.ofMinutes(5), Lifetime.parse("5m"));
    assertEquals(Duration.ofHours(1), Lifetime.parse("1h"));
    assertEquals(Duration.ofDays(7), Lifetime.parse("7d"));
    assertEquals(Duration.ofDays(364), Lifetime.parse("52w"));
    assertEquals(Duration.ofDays(365), Lifetime.parse("365d"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "h",
        "1",
        "0s",
        "-1h",
        "1.5h",
        "1x",
        "1H",
        "366d",
        "53w",
        "99999999999s",
        "\u0661h"
      })
  void parse_anythingElse_isRefused(String text) {
    assertThrows(UsageException.class, () -> Lifetime.parse(text));
  }

  @Test
  void text_isInTheLargestUnit() {
    assertEquals("90s", Lifetime.text(Duration.ofSeconds(90)));
    assertEquals("1h", Lifetime.text(Duration.ofHours(1)));
    assertEquals("36h", Lifetime.text(Duration.ofHours(36)));
    assertEquals("1w", Lifetime.text(Duration.ofDays(7)));
  }
}
