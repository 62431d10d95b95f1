package org.securechat.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stream that ends in an exception where nothing comes for too long, or all of it too slowly: the
 * waits together last no longer than the patience and the time that what came takes at the least
 * rate. Closing the stream behind it has to wake who reads.
 */
final class PatientStream extends BlockStream {
  private final Duration patience;
  private final int leastBytesPerMilli;
  private long received;
  private long waitedNanos;

  PatientStream(InputStream stream, Duration patience, int leastBytesPerMilli) {
    super(stream);
    this.patience = patience;
    this.leastBytesPerMilli = leastBytesPerMilli;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    CompletableFuture<@Nullable Void> waiting = new CompletableFuture<>();
    CompletableFuture<@Nullable Void> unused =
        waiting
            .orTimeout(nextWait().toNanos(), TimeUnit.NANOSECONDS)
            .whenComplete((done, timeout) -> giveUp(timeout));
    long began = System.nanoTime();
    int read = -1;
    try {
      read = in.read(buffer, offset, length);
    } catch (IOException e) {
      if (!waiting.isCompletedExceptionally()) {
        throw e;
      }
    } finally {
      waiting.complete(null);
      waitedNanos += System.nanoTime() - began;
    }
    if (waiting.isCompletedExceptionally()) {
      throw new IOException("Nothing more of the answer came in time");
    }
    received += Math.max(read, 0);
    return read;
  }

  private Duration nextWait() {
    Duration left = patience.plusMillis(received / leastBytesPerMilli).minusNanos(waitedNanos);
    return left.compareTo(patience) < 0 ? left : patience;
  }

  private void giveUp(@Nullable Throwable timeout) {
    if (timeout != null) {
      try {
        super.close();
      } catch (IOException e) {
        // Nothing is read of it any more.
      }
    }
  }
}
