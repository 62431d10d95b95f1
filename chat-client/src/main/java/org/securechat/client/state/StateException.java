package org.securechat.client.state;

/**
 * What a device remembers can't be read or kept. A message was not sent, or waits to be; other
 * changes may have taken place. The sentence has the file's name and no secret in it.
 */
public final class StateException extends RuntimeException {
  public StateException(String sentence) {
    super(sentence);
  }

  /** What went wrong, for people. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
