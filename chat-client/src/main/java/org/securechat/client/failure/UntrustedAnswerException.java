package org.securechat.client.failure;

import org.jspecify.annotations.Nullable;

/**
 * An answer that must not be used: it is malformed or too long, asks for weak key derivation, or
 * names keys that are not the account's own. A change may have taken place nevertheless.
 */
public final class UntrustedAnswerException extends ChatException {
  public UntrustedAnswerException(String sentence) {
    this(sentence, null);
  }

  public UntrustedAnswerException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
