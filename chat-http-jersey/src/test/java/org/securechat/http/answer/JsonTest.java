package org.securechat.http.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

  @ParameterizedTest
  @CsvSource({
    "2026-01-19T12:00:00Z,           2026-01-19T12:00:00.000Z",
    "2026-11-30T23:59:59.987654321Z, 2026-11-30T23:59:59.987Z",
    "1970-01-01T00:00:00.001Z,       1970-01-01T00:00:00.001Z",
    "1969-12-31T23:59:59.999Z,       1969-12-31T23:59:59.999Z",
    "9999-12-31T01:02:03.040Z,       9999-12-31T01:02:03.040Z",
    "0001-02-03T04:05:06Z,           0001-02-03T04:05:06.000Z"
  })
  void time_anyInstant_isInUtcWithMilliseconds(Instant instant, String text) {
    assertEquals(text, Json.time(instant));
  }
}
