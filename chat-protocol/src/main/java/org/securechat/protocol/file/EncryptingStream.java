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
public final class EncryptingStream extends ChunkedStream {
  private final FileKey key;
  private final MessageDigest digest = Sha256.newDigest();
  private long size;
  private @Nullable Sha256 sha256;

  private EncryptingStream(FileKey key, InputStream plain) throws IOException {
    super(plain, Chunks.PLAIN);
    this.key = key;
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
    long chunks = Math.max(1, (size + Chunks.PLAIN - 1) / Chunks.PLAIN);
    return size + chunks * AesGcm.TAG_LENGTH;
  }

  @Override
  byte[] make(byte[] chunk, long number, boolean last) {
    byte[] sealed =
        AesGcm.encrypt(
            key.secretBytes(), Chunks.iv(number, last), chunk, Chunks.NOTHING_ASSOCIATED);
    size += chunk.length;
    digest.update(sealed);
    if (last) {
      sha256 = Sha256.copyOf(digest.digest());
    }
    return sealed;
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
}
