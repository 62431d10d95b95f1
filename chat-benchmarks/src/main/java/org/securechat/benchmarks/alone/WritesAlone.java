package org.securechat.benchmarks.alone;

import java.time.Duration;
import java.util.function.IntConsumer;
import org.securechat.benchmarks.measure.Contender;
import org.securechat.benchmarks.measure.Slice;

/** A durable write, by as many callers at a time as there are connections, without HTTP. */
public final class WritesAlone implements Contender {
  private final String name;
  private final IntConsumer write;

  /**
   * Takes one write.
   *
   * @param write is told which caller it is, from 0; durable when it returns
   */
  public WritesAlone(String name, IntConsumer write) {
    this.name = name;
    this.write = write;
  }

  @Override
  public String name() {
    return name;
  }

  /** On virtual threads, as in the server. */
  @Override
  public Slice run(int connections, Duration length) {
    return Crowd.run(connections, Thread.ofVirtual().name("caller-", 0).factory(), length, write);
  }
}
