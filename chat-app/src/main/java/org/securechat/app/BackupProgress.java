package org.securechat.app;

import java.io.PrintWriter;
import java.util.function.IntConsumer;

/**
 * Shows how much is done: on a terminal one line that is written over, otherwise a line at every
 * tenth. Used by one thread.
 */
final class BackupProgress implements IntConsumer {
  private static final int PLAIN_STEP = 10;

  private final PrintWriter out;
  private final boolean terminal;
  private int shown = -1;

  BackupProgress(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public void accept(int percent) {
    int rounded = terminal ? percent : percent - percent % PLAIN_STEP;
    if (rounded <= shown) {
      return;
    }
    shown = rounded;
    if (terminal) {
      out.printf("\rcopied %3d %%%s", rounded, rounded == 100 ? "\n" : "");
    } else {
      out.printf("copied %d %%%n", rounded);
    }
    out.flush();
  }
}
