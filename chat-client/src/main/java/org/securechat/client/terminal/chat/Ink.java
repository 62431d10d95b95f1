package org.securechat.client.terminal.chat;

/**
 * Colours and weights for a terminal, or none.
 *
 * @param on whether there are any
 */
public record Ink(boolean on) {
  private static final int[] COLOURS = {36, 32, 35, 34, 33, 96, 92, 95};

  /** What is beside the point. */
  String faint(String text) {
    return with("2", text);
  }

  /** What has to catch the eye. */
  String loud(String text) {
    return with("1", text);
  }

  /** What is wrong. */
  String alarm(String text) {
    return with("1;31", text);
  }

  /** A colour of the number's own, as far as there are enough of them. */
  String coloured(long number, String text) {
    return with("1;" + COLOURS[(int) (number % COLOURS.length)], text);
  }

  private String with(String code, String text) {
    return on && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
