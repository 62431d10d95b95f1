package org.securechat.client.http;

import java.io.IOException;
import java.io.InputStream;

/** A stream that ends in an exception where it is longer than it may be. */
final class BoundedStream extends BlockStream {
  private long left;

  BoundedStream(InputStream stream, long maxBytes) {
    super(stream);
    left = maxBytes;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    if (read > 0) {
      count(read);
    }
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    throw new IOException("Nothing of a file is skipped");
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(int read) throws IOException {
    left -= read;
    if (left < 0) {
      throw new IOException("The answer is longer than it may be");
    }
  }
}
