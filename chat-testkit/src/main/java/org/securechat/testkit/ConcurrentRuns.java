package org.securechat.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;

/** Runs one operation on many threads at the same moment and collects how each ended. */
public final class ConcurrentRuns {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private ConcurrentRuns() {}

  /**
   * Runs the operation once on each of so many threads; they wait for each other before they begin.
   *
   * @param operation gets the number of its thread, from 0
   * @return how each ended, in the order of the threads
   */
  public static <T> List<Outcome<T>> run(int threads, IntFunction<T> operation) {
    CyclicBarrier barrier = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        futures.add(
            pool.submit(() -> {
              barrier.await();
              return operation.apply(number);
            }));
      }
      List<Outcome<T>> outcomes = new ArrayList<>();
      for (Future<T> future : futures) {
        outcomes.add(outcomeOf(future));
      }
      return outcomes;
    } finally {
      pool.shutdownNow();
    }
  }

  private static <T> Outcome<T> outcomeOf(Future<T> future) {
    try {
      return new Outcome<>(future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS), null);
    } catch (ExecutionException e) {
      return new Outcome<>(null, e.getCause());
    } catch (Exception e) {
      return new Outcome<>(null, e);
    }
  }

  /**
   * How one run ended.
   *
   * @param value what it returned; null if it threw
   * @param thrown null if it returned
   */
  public record Outcome<T>(@Nullable T value, @Nullable Throwable thrown) {

    /** The reason, if it was rejected. */
    public Optional<Rejection> rejection() {
      return thrown instanceof RejectedException rejected
          ? Optional.of(rejected.reason())
          : Optional.empty();
    }

    /** The value, or the reason, or the exception's text: short, for comparing whole lists. */
    @Override
    public String toString() {
      if (thrown == null) {
        return String.valueOf(value);
      }
      return rejection().map(Enum::name).orElseGet(() -> String.valueOf(thrown));
    }
  }
}
