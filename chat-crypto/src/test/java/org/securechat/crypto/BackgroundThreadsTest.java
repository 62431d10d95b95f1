package org.securechat.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class BackgroundThreadsTest {
  private final BackgroundThreads threads = new BackgroundThreads("test");

  /** The field {@code nice} of proc(5); the name before it may hold blanks. */
  private static int niceOfThisThread() {
    try {
      String stat = Files.readString(Path.of("/proc/thread-self/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Integer.parseInt(fields[16]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void newThread_onLinux_givesWayAndNoOtherDoes() {
    int own = niceOfThisThread();
    CompletableFuture<Integer> nice = new CompletableFuture<>();

    threads.newThread(() -> nice.complete(niceOfThisThread())).start();

    assertEquals(19, nice.join());
    assertEquals(own, niceOfThisThread());
  }

  @Test
  void newThread_each_isADaemonWithANameOfItsOwn() {
    Thread first = threads.newThread(() -> {});
    Thread second = threads.newThread(() -> {});

    assertTrue(first.isDaemon() && second.isDaemon());
    assertEquals("test-1 test-2", first.getName() + " " + second.getName());
  }
}
