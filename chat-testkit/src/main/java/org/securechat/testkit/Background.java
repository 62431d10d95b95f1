package org.securechat.testkit;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Runs each task on a thread of its own. The common pool is no place for what waits: on two cores
 * it may have a single thread, and whoever waits there keeps all others out.
 */
public final class Background {
  private Background() {}

  /** Begins a task; what it returns or throws becomes the future's. */
  public static <T> CompletableFuture<T> supply(Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, Background::start);
  }

  /** Begins a task that returns nothing. */
  public static CompletableFuture<Void> run(Runnable task) {
    return CompletableFuture.runAsync(task, Background::start);
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "background");
    thread.setDaemon(true);
    thread.start();
  }
}
