package org.securechat.http.answer;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.Closeable;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.securechat.domain.rejection.UnavailableException;

class HeapBudgetTest {
  private static final int SIZE = HeapBudget.FREE_BYTES + 1;
  private final HeapBudget budget = new HeapBudget(2 * SIZE, "no room");

  @Test
  void hold_atTheBudget_isGivenAndAboveRefused() throws IOException {
    Closeable one = budget.hold(SIZE);
    Closeable two = budget.hold(SIZE);
    assertThrows(UnavailableException.class, () -> budget.hold(SIZE));
    one.close();
    two.close();

    budget.hold(2L * SIZE).close();
    assertThrows(UnavailableException.class, () -> budget.hold(2L * SIZE + 1));
    assertThrows(UnavailableException.class, () -> budget.hold(Long.MAX_VALUE));
  }

  @Test
  void hold_small_isFree() throws IOException {
    Closeable all = budget.hold(2L * SIZE);

    budget.hold(HeapBudget.FREE_BYTES).close();

    assertThrows(UnavailableException.class, () -> budget.hold(SIZE));
    all.close();
  }

  @Test
  void close_twice_givesTheShareBackOnce() throws IOException {
    Closeable one = budget.hold(SIZE);
    Closeable other = budget.hold(SIZE);
    one.close();
    one.close();

    Closeable again = budget.hold(SIZE);
    assertThrows(UnavailableException.class, () -> budget.hold(SIZE));
    again.close();
    other.close();
  }
}
