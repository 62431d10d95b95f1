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
 * saves it keeps it under its name only then. For one thread.
 */
public final class DecryptingStream extends InputStream {
  private final FileKey key;
  private final InputStream sealed;
  private final long size;
  private final Sha256 sha256;
  private final MessageDigest digest = Sha256.newDigest();
  private byte[] next;
  private byte[] opened = {};
  private int at;
  private long number;
  private long given;
  private boolean ended;
  private boolean damaged;

  private DecryptingStream(FileKey key, InputStream sealed, long size, Sha256 sha256)
      throws IOException {
    this.key = key;
    this.sealed = sealed;
    this.size = size;
    this.sha256 = sha256;
    this.next = sealed.readNBytes(Chunks.SEALED);
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

  @Override
  public int read() throws IOException {
    return hasMore() ? opened[at++] & 0xff : -1;
  }

  /**
   * Reads on.
   *
   * @throws DamagedFileException if a chunk does not open, or at the end if the file is another one
   */
  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!hasMore()) {
      return -1;
    }
    int count = Math.min(length, opened.length - at);
    System.arraycopy(opened, at, buffer, offset, count);
    at += count;
    return count;
  }

  private boolean hasMore() throws IOException {
    if (at == opened.length && !ended) {
      openNext();
    }
    return at < opened.length;
  }

  /** After a chunk that was not good no other is, not even to a reader that goes on. */
  private void openNext() throws IOException {
    if (damaged) {
      throw new DamagedFileException("The file is damaged");
    }
    damaged = true;
    byte[] chunk = next;
    next = chunk.length < Chunks.SEALED ? new byte[0] : sealed.readNBytes(Chunks.SEALED);
    boolean last = next.length == 0;
    opened = open(chunk, last);
    if (opened.length == 0 && number > 0) {
      throw new DamagedFileException("Chunk " + number + " is empty");
    }
    at = 0;
    number++;
    given += opened.length;
    digest.update(chunk);
    if (given > size || (last && given != size)) {
      opened = new byte[0];
      throw new DamagedFileException("The file does not have the " + size + " bytes announced");
    }
    if (last && !sha256.equals(Sha256.copyOf(digest.digest()))) {
      opened = new byte[0];
      throw new DamagedFileException("The file is not the one that was sent");
    }
    ended = last;
    damaged = false;
  }

  private byte[] open(byte[] chunk, boolean last) throws DamagedFileException {
    try {
      return AesGcm.decrypt(
          key.secretBytes(), Chunks.iv(number, last), chunk, Chunks.NOTHING_ASSOCIATED);
    } catch (AEADBadTagException e) {
      throw new DamagedFileException(
          "Chunk " + number + " does not open: the file was changed, cut or extended");
    }
  }

  @Override
  public void close() throws IOException {
    sealed.close();
  }
}
