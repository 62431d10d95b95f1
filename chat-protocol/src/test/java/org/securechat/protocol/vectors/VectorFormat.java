package org.securechat.protocol.vectors;

import java.util.Map;

/** One format and its file of vectors. */
public interface VectorFormat {

  /** The file's name in {@code docs/vectors}. */
  String fileName();

  /** Makes the file; the same each time. */
  VectorFile make() throws Exception;

  /**
   * What becomes of a vector: each result under the name that it has there. An exception that
   * {@link Failure#of} knows says the same as its {@code failure} alone.
   */
  Map<String, Object> outcome(Json vector) throws Exception;
}
