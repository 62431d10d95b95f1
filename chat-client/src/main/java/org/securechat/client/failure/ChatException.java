package org.securechat.client.failure;

import org.jspecify.annotations.Nullable;

/** A call that did not do what it was asked. Its message never has a secret in it. */
public abstract sealed class ChatException extends RuntimeException
    permits ChangedIdentityException,
        RefusedException,
        ServerLiedException,
        UnavailableException,
        UnreachableException,
        UntrustedAnswerException {
  ChatException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }

  /** What went wrong, for people. */
  public final String sentence() {
    return String.valueOf(getMessage());
  }
}
