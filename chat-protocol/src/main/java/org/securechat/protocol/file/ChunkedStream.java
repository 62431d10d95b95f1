package org.securechat.protocol.file;

import java.io.IOException;
import java.io.InputStream;

/** Makes one chunk of another while it is read; holds two. For one thread. */
abstract class ChunkedStream extends InputStream {
  private final InputStream source;
  private final int chunkLength;
  private byte[] next;
  private byte[] made = {};
  private int at;
  private long number;
  private boolean ended;

  ChunkedStream(InputStream source, int chunkLength) throws IOException {
    this.source = source;
    this.chunkLength = chunkLength;
    this.next = source.readNBytes(chunkLength);
  }

  /**
   * Makes what is given out of a chunk. If it throws, nothing is given out any more, and it is
   * called again for nothing.
   *
   * @param number from 0
   */
  abstract byte[] make(byte[] chunk, long number, boolean last) throws IOException;

  @Override
  public final int read() throws IOException {
    return hasMore() ? made[at++] & 0xff : -1;
  }

  @Override
  public final int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!hasMore()) {
      return -1;
    }
    int count = Math.min(length, made.length - at);
    System.arraycopy(made, at, buffer, offset, count);
    at += count;
    return count;
  }

  private boolean hasMore() throws IOException {
    if (at == made.length && !ended) {
      makeNext();
    }
    return at < made.length;
  }

  /** Whether a chunk is the last shows when nothing follows it. */
  private void makeNext() throws IOException {
    byte[] chunk = next;
    next = chunk.length < chunkLength ? new byte[0] : source.readNBytes(chunkLength);
    boolean last = next.length == 0;
    made = make(chunk, number, last);
    at = 0;
    number++;
    ended = last;
  }

  @Override
  public final void close() throws IOException {
    source.close();
  }
}
