package org.securechat.persistence;

import org.jspecify.annotations.Nullable;

/**
 * The schema can't be changed as asked, or isn't one that this program knows; nothing was changed.
 * The message is a sentence for whoever runs the server.
 */
public final class SchemaException extends RuntimeException {
  SchemaException(String sentence) {
    this(sentence, null);
  }

  SchemaException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
