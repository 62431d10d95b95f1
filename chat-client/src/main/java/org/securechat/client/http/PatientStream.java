package org.securechat.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stream that ends in an exception where nothing comes for too long. Closing the stream behind it
 * has to wake who reads.
 */
final class PatientStream extends BlockStream {
  private final Duration patience;

  PatientStream(InputStream stream, Duration patience) {
    super(stream);
    this.patience = patience;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    CompletableFuture<@Nullable Void> waiting = new CompletableFuture<>();
    CompletableFuture<@Nullable Void> unused =
        waiting
            .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((done, timeout) -> giveUp(timeout));
    int read = -1;
    try {
      read = in.read(buffer, offset, length);
    } catch (IOException e) {
      if (!waiting.isCompletedExceptionally()) {
        throw e;
      }
    } finally {
      waiting.complete(null);
    }
    if (waiting.isCompletedExceptionally()) {
      throw new IOException("Nothing more of the answer came in time");
    }
    return read;
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
