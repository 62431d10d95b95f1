package org.securechat.protocol.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-19T12:00:00.000Z",
        "2024-02-29T23:59:59.999Z",
        "1970-01-01T00:00:00.001Z",
        "9999-12-31T23:59:59.999Z",
        "0000-01-01T00:00:00.000Z",
        "2026-01-19T24:00:00.000Z",
        "2016-12-31T23:59:60.000Z",
        "2026-01-19T12:00:00Z",
        "2026-01-19T12:00:00.5Z",
        "2026-01-19T12:00:00.123456789Z",
        "2026-01-19T13:00:00.000+01:00",
        "2026-01-19t12:00:00.000z"
      })
  void parse_anyTime_isWhatThePlatformReads(String text) {
    assertEquals(Instant.parse(text), Timestamps.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-02-30T12:00:00.000Z",
        "2026-13-01T12:00:00.000Z",
        "2026-01-19T25:00:00.000Z",
        "2026-01-19T12:60:00.000Z",
        "2026-01-19T12:00:61.000Z",
        "2026-01-19 12:00:00.000Z",
        "2026-01-19T12:00:00.000+",
        "2026-01-19T12:00:00,000Z",
        "+026-01-19T12:00:00.000Z",
        "2026-01-19T12:00:00.00\u0660Z"
      })
  void parse_noTime_throws(String text) {
    assertThrows(DateTimeException.class, () -> Timestamps.parse(text));
  }
}
