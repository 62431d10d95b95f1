package org.securechat.protocol.file;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.securechat.crypto.AesGcm;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * The key of one file, 32 random bytes. It encrypts one file only: its chunks' IVs are their
 * numbers.
 */
public final class FileKey {
  private final byte[] key;

  private FileKey(byte[] key) {
    this.key = key;
  }

  /** Makes a new key. */
  public static FileKey generate(RandomSource random) {
    return new FileKey(random.bytes(AesGcm.KEY_LENGTH));
  }

  /**
   * Takes a key out of a message.
   *
   * @throws InvalidValueException unless there are 32 bytes
   */
  public static FileKey copyOf(byte[] key) {
    if (key.length != AesGcm.KEY_LENGTH) {
      throw new InvalidValueException("A file's key has 32 bytes");
    }
    return new FileKey(key.clone());
  }

  /** The key, for the message that carries it and nothing else. */
  public byte[] secretBytes() {
    return key.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FileKey that && Arrays.equals(key, that.key);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key);
  }

  @Override
  public String toString() {
    return "FileKey[secret]";
  }
}
