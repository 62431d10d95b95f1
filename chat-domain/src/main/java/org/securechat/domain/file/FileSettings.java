package org.securechat.domain.file;

import java.time.Duration;

/**
 * The bounds of files.
 *
 * @param maxBytes of one file
 * @param filesPerUser how many a user may hold, but for those that are erased
 * @param bytesPerUser of these
 * @param uploadsAtOnce how many of a user may be on their way
 * @param unattached how long a file is kept that no message carries
 */
public record FileSettings(
    long maxBytes, int filesPerUser, long bytesPerUser, int uploadsAtOnce, Duration unattached) {
  /** When an upload that has not ended is given up; the slowest that is let in takes less. */
  public static final Duration UPLOAD_LIFETIME = Duration.ofHours(6);

  public FileSettings {
    if (maxBytes < 1 || filesPerUser < 1 || bytesPerUser < maxBytes || uploadsAtOnce < 1) {
      throw new IllegalArgumentException("A user may hold at least one file of the largest size");
    }
    if (unattached.isNegative() || unattached.isZero()) {
      throw new IllegalArgumentException("Files are kept for some time");
    }
  }

  /**
   * 100 MiB for a file; 10,000 files and 10 GiB for a user, 32 at once, as many as a message
   * carries; 24 hours.
   */
  public static FileSettings defaults() {
    return new FileSettings(100L << 20, 10_000, 10L << 30, 32, Duration.ofHours(24));
  }
}
