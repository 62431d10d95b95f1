package org.securechat.persistence;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A call on a thread of its own. */
record Call<T>(Thread thread, FutureTask<T> task) {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  static <T> Call<T> start(Callable<T> callable) {
    FutureTask<T> task = new FutureTask<>(callable);
    Call<T> call = new Call<>(Thread.ofPlatform().daemon().unstarted(task), task);
    call.thread.start();
    return call;
  }

  /** Waits until the call itself waits, with a limit or without. */
  Call<T> awaitState(Thread.State state) {
    awaitTrue(() -> thread.getState() == state);
    return this;
  }

  T result() throws Exception {
    return task.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
  }

  Throwable thrown() {
    return Objects.requireNonNull(assertThrows(ExecutionException.class, this::result).getCause());
  }

  static void awaitTrue(BooleanSupplier condition) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        fail("Waited in vain");
      }
      Thread.onSpinWait();
    }
  }
}
