package org.securechat.app;

import java.util.Arrays;
import java.util.Locale;

/** What {@code CHAT_ENV} says the server is for. */
enum ChatEnvironment {
  DEVELOPMENT,
  PRODUCTION,
  TESTING;

  static ChatEnvironment parse(String text) {
    return Arrays.stream(values())
        .filter(value -> value.text().equals(text))
        .findFirst()
        .orElseThrow(() ->
            new ConfigurationException("CHAT_ENV must be development, production or testing."));
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
