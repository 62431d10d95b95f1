package org.securechat.http.file;

import org.securechat.domain.identity.Sha256;

/**
 * A file as it is answered.
 *
 * @param filename any text; what a file system could take for more than a name is replaced
 * @param length in bytes, from 0
 * @param sha256 of all bytes, which makes the entity tag
 */
public record ServedFile(String filename, long length, Sha256 sha256, ChunkSource chunks) {

  /** The strong entity tag (RFC 9110, section 8.8.3). */
  String entityTag() {
    return '"' + sha256.toHex() + '"';
  }

  /** How many bytes a chunk must have. */
  int chunkLength(long index) {
    return (int) Math.min(ChunkSource.CHUNK_BYTES, length - index * ChunkSource.CHUNK_BYTES);
  }
}
