package org.securechat.benchmarks.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StockTest {
  private static byte[] request(int connection, int number) {
    return new byte[] {(byte) connection, (byte) number};
  }

  @Test
  void request_usedUp_isNoneUnlessTheyRepeat() {
    Stock once = Stock.make(StockTest::request, 2, 10, 3, false);
    Stock again = Stock.make(StockTest::request, 2, 0, 3, true);

    assertArrayEquals(new byte[] {1, 12}, once.request(1, 2).orElseThrow());
    assertTrue(once.request(1, 3).isEmpty());
    assertArrayEquals(new byte[] {1, 0}, again.request(1, 3).orElseThrow());
    assertEquals(2, once.longest());
  }
}
