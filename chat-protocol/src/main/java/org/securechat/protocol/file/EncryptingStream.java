package org.securechat.protocol.file;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.securechat.crypto.AesGcm;
import org.securechat.domain.identity.Sha256;

/**
 * The ciphertext of a file, made while it is read; holds two chunks. When it has ended, {@link
 * #size} and {@link #sha256} say what goes into the message. For one thread.
 */
public final class EncryptingStream extends InputStream {
  private final FileKey key;
  private final InputStream plain;
  private final MessageDigest digest = Sha256.newDigest();
  private byte[] next;
  private byte[] sealed = {};
  private int at;
  private long number;
  private long size;
  private boolean ended;
  private @Nullable Sha256 sha256;

  private EncryptingStream(FileKey key, InputStream plain) throws IOException {
    this.key = key;
    this.plain = plain;
    this.next = plain.readNBytes(Chunks.PLAIN);
  }

  /**
   * Begins to read a file.
   *
   * @param key a new one, for this file alone
   * @param plain is closed with this stream
   */
  public static EncryptingStream of(FileKey key, InputStream plain) throws IOException {
    return new EncryptingStream(key, plain);
  }

  /**
   * How long the ciphertext of a file of so many bytes is.
   *
   * @param size bytes of the plaintext
   */
  public static long lengthOf(long size) {
    return Chunks.sealedLength(size);
  }

  @Override
  public int read() throws IOException {
    return hasMore() ? sealed[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!hasMore()) {
      return -1;
    }
    int count = Math.min(length, sealed.length - at);
    System.arraycopy(sealed, at, buffer, offset, count);
    at += count;
    return count;
  }

  private boolean hasMore() throws IOException {
    if (at == sealed.length && !ended) {
      sealNext();
    }
    return at < sealed.length;
  }

  /** Whether a chunk is the last shows when nothing follows it. */
  private void sealNext() throws IOException {
    byte[] chunk = next;
    next = chunk.length < Chunks.PLAIN ? new byte[0] : plain.readNBytes(Chunks.PLAIN);
    ended = next.length == 0;
    sealed =
        AesGcm.encrypt(
            key.secretBytes(), Chunks.iv(number, ended), chunk, Chunks.NOTHING_ASSOCIATED);
    at = 0;
    number++;
    size += chunk.length;
    digest.update(sealed);
    if (ended) {
      sha256 = Sha256.copyOf(digest.digest());
    }
  }

  /** Bytes of the plaintext that were encrypted so far. */
  public long size() {
    return size;
  }

  /**
   * The digest of the ciphertext.
   *
   * @throws IllegalStateException before the end is reached
   */
  public Sha256 sha256() {
    if (sha256 == null) {
      throw new IllegalStateException("The ciphertext has not ended");
    }
    return sha256;
  }

  @Override
  public void close() throws IOException {
    plain.close();
  }
}
