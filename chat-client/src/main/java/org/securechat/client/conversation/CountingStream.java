package org.securechat.client.conversation;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;
import org.securechat.client.http.BlockStream;

/** Tells how much of it was read. */
final class CountingStream extends BlockStream {
  private final LongConsumer progress;
  private long count;

  CountingStream(InputStream stream, LongConsumer progress) {
    super(stream);
    this.progress = progress;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
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
