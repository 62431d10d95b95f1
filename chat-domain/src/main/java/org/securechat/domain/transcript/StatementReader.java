package org.securechat.domain.transcript;

import org.securechat.domain.identity.ExactInteger;
import org.securechat.domain.rejection.InvalidValueException;

/** Goes through a statement's text once, from its first character to its last. */
final class StatementReader {
  private final String text;
  private int at;
  private int line = 1;

  StatementReader(String text) {
    this.text = text;
  }

  boolean isAtEnd() {
    return at == text.length();
  }

  /** Passes over exactly these characters. */
  void skip(String expected) {
    if (!takes(expected)) {
      throw fault();
    }
  }

  /** Passes over these characters if they are next. */
  boolean takes(String expected) {
    if (!text.startsWith(expected, at)) {
      return false;
    }
    at += expected.length();
    return true;
  }

  void endLine() {
    skip("\n");
    line++;
  }

  /** A decimal number without leading zeros, 0 to 2<sup>53</sup> − 1. */
  long number() {
    int start = at;
    long value = 0;
    while (at < text.length() && isDigit(text.charAt(at))) {
      value = 10 * value + (text.charAt(at) - '0');
      at++;
      if (value > ExactInteger.MAX || (at - start > 1 && text.charAt(start) == '0')) {
        throw fault();
      }
    }
    if (at == start) {
      throw fault();
    }
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** So many bytes, each as two hex digits in lower case. */
  byte[] hex(int length) {
    if (text.length() - at < 2 * length) {
      throw fault();
    }
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (hexDigit() << 4 | hexDigit());
    }
    return bytes;
  }

  private int hexDigit() {
    char c = text.charAt(at);
    at++;
    if (isDigit(c)) {
      return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
      return c - 'a' + 10;
    }
    throw fault();
  }

  /**
   * What is left of the line, without its end.
   *
   * @param longest how many characters it may have
   */
  String rest(int longest) {
    int end = at;
    while (end < text.length() && text.charAt(end) != '\n') {
      end++;
      if (end - at > longest) {
        throw fault();
      }
    }
    String rest = text.substring(at, end);
    at = end;
    return rest;
  }

  private InvalidValueException fault() {
    return new InvalidValueException("Line " + line + " of the statement is not in its one form");
  }
}
