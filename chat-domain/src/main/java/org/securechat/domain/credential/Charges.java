package org.securechat.domain.credential;

import java.util.ArrayList;
import java.util.List;

/**
 * What one attempt has been charged so far. It stays charged unless the attempt succeeds or the
 * server could not judge it. Used by one thread, for one request.
 */
public final class Charges {
  private final List<AttemptCounter> cleared = new ArrayList<>();
  private final List<Settlement.Refund> refunded = new ArrayList<>();

  Charges() {}

  void add(AttemptCounter counter, AttemptRule rule) {
    refunded.add(new Settlement.Refund(counter, rule));
  }

  void addClearedBySuccess(AttemptCounter counter, AttemptRule rule) {
    add(counter, rule);
    clearBySuccess(counter);
  }

  void clearBySuccess(AttemptCounter counter) {
    cleared.add(counter);
  }

  /** What a success does: the account's count starts anew, the address gets its own charge back. */
  public Settlement success() {
    return new Settlement(
        cleared, refunded.stream().filter(refund -> !cleared.contains(refund.counter())).toList());
  }

  /** What it takes to undo the charges of an attempt that was never judged. */
  Settlement unjudged() {
    return new Settlement(List.of(), refunded);
  }
}
