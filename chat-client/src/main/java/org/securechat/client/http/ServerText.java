package org.securechat.client.http;

/**
 * Words of a server on their way into a message: short, and with nothing that drives a terminal.
 */
final class ServerText {
  private ServerText() {}

  /** The beginning, with question marks for control, format and unassigned characters. */
  static String plain(String text, int maxLength) {
    String cut = text.length() > maxLength ? text.substring(0, maxLength) : text;
    return cut.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
  }
}
