package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.securechat.domain.identity.RandomSource;

/** What every {@link RandomSource} does; implement it in a test class of the adapter. */
public interface RandomSourceContract {

  RandomSource random();

  @Test
  default void bytes_anyCount_givesAsMany() {
    assertEquals(1, random().bytes(1).length);
    assertEquals(1000, random().bytes(1000).length);
  }

  @Test
  default void bytes_manyTimes_neverRepeats() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      seen.add(HexFormat.of().formatHex(random().bytes(16)));
    }
    assertEquals(1000, seen.size());
  }
}
