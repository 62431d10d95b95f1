package org.securechat.client.terminal.chat;

import java.util.Locale;

/** How far a file has come, in one line. */
public final class ProgressBar {
  private static final int CELLS = 20;
  private static final int NAME = 24;
  private static final int THOUSAND = 1000;

  private ProgressBar() {}

  /**
   * The line, at most 79 columns wide.
   *
   * @param done bytes so far; more than there are count as all
   */
  public static String line(String name, long done, long total) {
    long counted = Math.min(done, total);
    int percent = total == 0 ? 100 : (int) (100.0 * counted / total);
    int cells = percent * CELLS / 100;
    return String.format(
        Locale.ROOT,
        "%s [%s%s] %3d %% of %s",
        SafeText.line(name, NAME),
        "#".repeat(cells),
        "-".repeat(CELLS - cells),
        percent,
        size(total));
  }

  /** A number of bytes, for people. */
  public static String size(long bytes) {
    if (bytes < THOUSAND) {
      return bytes + " bytes";
    }
    double left = bytes;
    String unit = "";
    for (String each : new String[] {"kB", "MB", "GB", "TB"}) {
      left /= THOUSAND;
      unit = each;
      // So that what rounds up to a thousand gets the next unit.
      if (left < THOUSAND - 0.05) {
        break;
      }
    }
    return String.format(Locale.ROOT, "%.1f %s", left, unit);
  }
}
