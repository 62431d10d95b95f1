package org.securechat.app;

/** The server can't run as it is set up; the message is one sentence that says what to do. */
final class ConfigurationException extends RuntimeException {
  ConfigurationException(String sentence) {
    super(sentence, null, false, false);
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
