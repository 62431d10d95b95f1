package org.securechat.http.call;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.securechat.http.answer.Problem;
import org.securechat.http.answer.ProblemException;

/**
 * A streamed body that ends with a 413 as soon as there is more of it than may be. Used by one
 * thread.
 */
final class BoundedBody extends FilterInputStream {
  private long left;

  BoundedBody(InputStream in, long maxBytes) {
    super(in);
    this.left = maxBytes;
  }

  @Override
  public int read() throws IOException {
    int next = in.read();
    if (next >= 0) {
      count(1);
    }
    return next;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = in.read(bytes, offset, length);
    if (count > 0) {
      count(count);
    }
    return count;
  }

  /** Reads what it skips, so that it counts. */
  @Override
  public long skip(long length) throws IOException {
    return readNBytes((int) Math.max(0, Math.min(length, 8192))).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(int bytes) {
    left -= bytes;
    if (left < 0) {
      throw new ProblemException(Problem.ofStatus(413));
    }
  }
}
