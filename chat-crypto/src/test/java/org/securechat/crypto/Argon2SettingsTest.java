package org.securechat.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Argon2SettingsTest {

  @Test
  void defaults_always_areTheLeastThatIsAllowed() {
    assertEquals(
        new Argon2Settings(19456, 2, 1, 2, Duration.ofSeconds(10), 256), Argon2Settings.defaults());
  }

  @ParameterizedTest
  @CsvSource({
    "19455, 2, 1, 1, 1, 1, 'memoryKib must be 19456 to 1048576, not 19455'",
    "1048577, 2, 1, 1, 1, 1, 'memoryKib must be 19456 to 1048576, not 1048577'",
    "19456, 1, 1, 1, 1, 1, 'iterations must be 2 to 16, not 1'",
    "19456, 17, 1, 1, 1, 1, 'iterations must be 2 to 16, not 17'",
    "19456, 2, 0, 1, 1, 1, 'parallelism must be 1 to 16, not 0'",
    "19456, 2, 17, 1, 1, 1, 'parallelism must be 1 to 16, not 17'",
    "19456, 2, 1, 0, 1, 1, 'threads must be 1 to 32767, not 0'",
    "19456, 2, 1, 1, -1, 1, 'maxWait is negative: PT-1S'",
    "19456, 2, 1, 1, 1, -1, 'queue must be 0 to 32767, not -1'"
  })
  void constructor_outOfBounds_throws(
      int memory, int iterations, int lanes, int threads, int wait, int queue, String sentence) {
    Duration maxWait = Duration.ofSeconds(wait);

    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Argon2Settings(memory, iterations, lanes, threads, maxWait, queue));
    assertEquals(sentence, e.getMessage());
  }
}
