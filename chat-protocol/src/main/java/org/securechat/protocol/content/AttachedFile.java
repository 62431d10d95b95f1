package org.securechat.protocol.content;

import org.securechat.domain.identity.ExactInteger;
import org.securechat.domain.identity.Sha256;
import org.securechat.protocol.file.FileKey;

/**
 * A file as the message that carries it describes it.
 *
 * @param fileId the server's number of the ciphertext
 * @param key what the ciphertext opens with
 * @param name the sender's word, hostile until proven otherwise: no path, no place to save to
 * @param mimeType the sender's word, too
 * @param size bytes of the plaintext
 * @param sha256 of the ciphertext
 */
public record AttachedFile(
    long fileId, FileKey key, String name, String mimeType, long size, Sha256 sha256) {

  public AttachedFile {
    ExactInteger.require(fileId, 1, "A file's id");
    ExactInteger.require(size, 0, "A file's size");
  }

  /** The server's number alone: name and type are as secret as the key. */
  @Override
  public String toString() {
    return "AttachedFile[" + fileId + "]";
  }
}
