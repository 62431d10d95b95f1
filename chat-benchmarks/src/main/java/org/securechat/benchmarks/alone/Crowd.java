package org.securechat.benchmarks.alone;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.IntConsumer;
import org.securechat.benchmarks.measure.Latencies;
import org.securechat.benchmarks.measure.ProcessorTime;
import org.securechat.benchmarks.measure.Slice;

/** Threads of this process that do the same over and over. */
final class Crowd {
  private Crowd() {}

  /** What a thread did, and when it was done. */
  private record Part(Latencies latencies, long end) {}

  /**
   * Works for so long.
   *
   * @param work is told which of the threads calls, from 0
   */
  static Slice run(int size, ThreadFactory threads, Duration length, IntConsumer work) {
    Duration before = ProcessorTime.own();
    long start = System.nanoTime();
    List<Future<Part>> parts = new ArrayList<>();
    try (ExecutorService crowd = Executors.newThreadPerTaskExecutor(threads)) {
      for (int i = 0; i < size; i++) {
        int member = i;
        parts.add(crowd.submit(() -> workUntil(start + length.toNanos(), member, work)));
      }
    }
    Latencies all = new Latencies();
    long end = start;
    for (Future<Part> part : parts) {
      Part done = resultOf(part);
      all.addAll(done.latencies);
      end = Math.max(end, done.end);
    }
    return new Slice(
        all, 0, Duration.ofNanos(end - start), ProcessorTime.own().minus(before), Optional.empty());
  }

  private static Part workUntil(long end, int member, IntConsumer work) {
    Latencies latencies = new Latencies();
    long began = System.nanoTime();
    while (began < end) {
      work.accept(member);
      long ended = System.nanoTime();
      latencies.add(ended - began);
      began = ended;
    }
    return new Part(latencies, began);
  }

  private static Part resultOf(Future<Part> part) {
    try {
      return part.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The work failed", e.getCause());
    }
  }
}
