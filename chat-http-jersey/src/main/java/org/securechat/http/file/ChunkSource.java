package org.securechat.http.file;

import java.io.IOException;
import org.securechat.domain.file.FileStore;

/**
 * The bytes of a file in chunks. Asked by one thread, in ascending order, for one chunk when the
 * one before it has been taken.
 */
@FunctionalInterface
public interface ChunkSource {
  /** The bytes of every chunk but the last. */
  int CHUNK_BYTES = FileStore.CHUNK;

  /**
   * One chunk.
   *
   * @param index from 0
   * @return {@value #CHUNK_BYTES} bytes, of the last chunk as many as are left
   * @throws IOException if it can't be had any more; the answer is broken off then
   */
  byte[] chunk(long index) throws IOException;
}
