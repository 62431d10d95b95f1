package org.securechat.client.terminal;

/** The command can't be carried out as it was given; the message says why, in one sentence. */
final class UsageException extends RuntimeException {
  UsageException(String sentence) {
    super(sentence, null, false, false);
  }
}
