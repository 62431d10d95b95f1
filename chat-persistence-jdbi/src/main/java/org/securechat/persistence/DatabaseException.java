package org.securechat.persistence;

import org.jspecify.annotations.Nullable;

/** The database can't be opened; the message is a sentence for whoever runs the server. */
public final class DatabaseException extends RuntimeException {
  DatabaseException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
