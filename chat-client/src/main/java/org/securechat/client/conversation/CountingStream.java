package org.securechat.client.conversation;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Tells how much of it was read. */
final class CountingStream extends FilterInputStream {
  private final LongConsumer progress;
  private long count;

  CountingStream(InputStream stream, LongConsumer progress) {
    super(stream);
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    tell(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    tell(Math.max(0, read));
    return read;
  }

  private void tell(int read) {
    if (read > 0) {
      count += read;
      progress.accept(count);
    }
  }
}
