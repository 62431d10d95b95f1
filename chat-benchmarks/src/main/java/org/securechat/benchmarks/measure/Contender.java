package org.securechat.benchmarks.measure;

import java.time.Duration;

/** Something whose rate is measured, turn by turn with others. */
public interface Contender {
  /** What it is called on the command line and in reports. */
  String name();

  /**
   * Works for so long, and measures itself.
   *
   * @param connections how many work at a time, each with one request on its way
   */
  Slice run(int connections, Duration length);
}
