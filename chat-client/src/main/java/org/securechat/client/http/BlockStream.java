package org.securechat.client.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that does what it is for in the read of a block, of which a single byte is one. */
public abstract class BlockStream extends FilterInputStream {
  protected BlockStream(InputStream stream) {
    super(stream);
  }

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public abstract int read(byte[] buffer, int offset, int length) throws IOException;
}
