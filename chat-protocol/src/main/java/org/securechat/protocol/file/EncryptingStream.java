package org.securechat.protocol.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.securechat.crypto.AesGcm;
import org.securechat.domain.identity.Sha256;

/**
 * The ciphertext of a file, made while it is read; holds two chunks. When it has ended, {@link
 * #size} and {@link #sha256} say what goes into the message. For one thread.
 *
 * <p>Its key is good for these bytes alone. Who needs the ciphertext again, because a file is read
 * once for its digest and once more for each time that it is sent, asks for it with {@link #again}.
 */
public final class EncryptingStream extends ChunkedStream {
  private final FileKey key;
  private final MessageDigest digest = Sha256.newDigest();
  private final ByteArrayOutputStream tags = new ByteArrayOutputStream();
  private final byte @Nullable [] expected;
  private long size;
  private @Nullable Sha256 sha256;

  private EncryptingStream(FileKey key, InputStream plain, byte @Nullable [] expected)
      throws IOException {
    super(plain, Chunks.PLAIN);
    this.key = key;
    this.expected = expected;
  }

  /**
   * Begins to read a file.
   *
   * @param key a new one, for this file alone
   * @param plain is closed with this stream
   */
  public static EncryptingStream of(FileKey key, InputStream plain) throws IOException {
    return new EncryptingStream(key, plain, null);
  }

  /**
   * The same ciphertext once more, of this stream when it has ended. Two texts under one key and IV
   * would give away both, so reading throws an {@link IOException}, and gives out nothing of a
   * chunk that is another than it was.
   *
   * @param plain the same file from its beginning; is closed with the stream
   */
  public EncryptingStream again(InputStream plain) throws IOException {
    sha256();
    return new EncryptingStream(key, plain, tags.toByteArray());
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
  byte[] make(byte[] chunk, long number, boolean last) throws IOException {
    byte[] sealed =
        AesGcm.encrypt(
            key.secretBytes(), Chunks.iv(number, last), chunk, Chunks.NOTHING_ASSOCIATED);
    if (expected != null && !isAsBefore(expected, number, sealed)) {
      throw new IOException("The file has changed since it was read first");
    }
    tags.write(sealed, sealed.length - AesGcm.TAG_LENGTH, AesGcm.TAG_LENGTH);
    size += chunk.length;
    digest.update(sealed);
    if (last) {
      sha256 = Sha256.copyOf(digest.digest());
    }
    return sealed;
  }

  /** By its tag, which depends on every byte of it. */
  private static boolean isAsBefore(byte[] tags, long number, byte[] sealed) {
    int from = Math.toIntExact(number * AesGcm.TAG_LENGTH);
    int to = from + AesGcm.TAG_LENGTH;
    int tagAt = sealed.length - AesGcm.TAG_LENGTH;
    return to <= tags.length && Arrays.equals(tags, from, to, sealed, tagAt, sealed.length);
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
