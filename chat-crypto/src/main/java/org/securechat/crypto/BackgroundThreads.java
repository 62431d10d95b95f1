package org.securechat.crypto;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes threads that give way to all others: daemons, on Linux with a nice value. A Java thread's
 * own priority means nothing there.
 */
final class BackgroundThreads implements ThreadFactory {
  /** A seventieth of the time that an ordinary thread gets beside it. */
  private static final int NICE = 19;

  private final String name;
  private final AtomicInteger count = new AtomicInteger();

  BackgroundThreads(String name) {
    this.name = name;
  }

  @Override
  public Thread newThread(Runnable work) {
    Runnable nicely =
        () -> {
          giveWay();
          work.run();
        };
    Thread thread = new Thread(nicely, name + "-" + count.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /** A thread that can't be made nice is as good as the others. */
  private static void giveWay() {
    if (!Platform.isLinux()) {
      return;
    }
    int oneProcess = 0;
    int thisThread = 0;
    try {
      CLibrary.LOADED.setpriority(oneProcess, thisThread, NICE);
    } catch (LinkageError e) {
      // A C library of another name.
    }
  }

  /** {@code sys/resource.h}; to the Linux kernel each thread is a process. */
  private interface CLibrary extends Library {
    CLibrary LOADED = Native.load("c", CLibrary.class);

    int setpriority(int which, int who, int priority);
  }
}
