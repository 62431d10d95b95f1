package org.securechat.protocol.file;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import javax.crypto.AEADBadTagException;
import org.securechat.crypto.AesGcm;
import org.securechat.domain.identity.Sha256;

/**
 * The plaintext of a file, opened while it is read. Gives out no byte of a chunk that does not
 * open; that the file is whole, and the one that was meant, shows when its end is reached: who
 * saves it keeps it under its name only then. Reading throws a {@link DamagedFileException} if a
 * chunk does not open, or at the end if the file is another one. For one thread.
 */
public final class DecryptingStream extends ChunkedStream {
  private final FileKey key;
  private final long size;
  private final Sha256 sha256;
  private final MessageDigest digest = Sha256.newDigest();
  private long given;
  private boolean damaged;

  private DecryptingStream(FileKey key, InputStream sealed, long size, Sha256 sha256)
      throws IOException {
    super(sealed, Chunks.SEALED);
    this.key = key;
    this.size = size;
    this.sha256 = sha256;
  }

  /**
   * Begins to read a ciphertext.
   *
   * @param sealed is closed with this stream
   * @param size bytes of the plaintext, by the message
   * @param sha256 of the ciphertext, by the message
   */
  public static DecryptingStream of(FileKey key, InputStream sealed, long size, Sha256 sha256)
      throws IOException {
    return new DecryptingStream(key, sealed, size, sha256);
  }

  /** After a chunk that was not good no other is, not even to a reader that goes on. */
  @Override
  byte[] make(byte[] chunk, long number, boolean last) throws DamagedFileException {
    if (damaged) {
      throw new DamagedFileException("The file is damaged");
    }
    damaged = true;
    byte[] opened = open(chunk, number, last);
    if (opened.length == 0 && number > 0) {
      throw new DamagedFileException("Chunk " + number + " is empty");
    }
    given += opened.length;
    digest.update(chunk);
    if (given > size || (last && given != size)) {
      throw new DamagedFileException("The file does not have the " + size + " bytes announced");
    }
    if (last && !sha256.equals(Sha256.copyOf(digest.digest()))) {
      throw new DamagedFileException("The file is not the one that was sent");
    }
    damaged = false;
    return opened;
  }

  private byte[] open(byte[] chunk, long number, boolean last) throws DamagedFileException {
    try {
      return AesGcm.decrypt(
          key.secretBytes(), Chunks.iv(number, last), chunk, Chunks.NOTHING_ASSOCIATED);
    } catch (AEADBadTagException e) {
      throw new DamagedFileException(
          "Chunk " + number + " does not open: the file was changed, cut or extended");
    }
  }
}
