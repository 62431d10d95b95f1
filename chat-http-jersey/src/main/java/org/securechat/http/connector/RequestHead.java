package org.securechat.http.connector;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.BitSet;

/**
 * Judges the head of an HTTP/1 request (RFC 9112) more strictly than its parser, so that no proxy
 * in front can understand it differently: one spelling only, one Host, one way to tell the length.
 */
final class RequestHead {
  private static final BitSet TOKEN =
      characters("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
  private static final BitSet TARGET =
      characters(
          "-._~!$&'()*+,;=:@/?0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
  private static final BitSet HOST =
      characters("-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
  private static final BitSet ADDRESS = characters(".:0123456789ABCDEFabcdef");
  private static final int LONGEST_LENGTH = 18;
  private static final int MAX_PORT = 65_535;

  private final byte[] head;
  private final int start;
  private final int end;
  private int at;
  private boolean http11;
  private int hosts;
  private int lengths;
  private int encodings;

  private RequestHead(byte[] head, int start, int length) {
    this.head = head;
    this.start = start;
    this.end = start + length;
    this.at = start;
  }

  /** Whether the range is exactly one good head with at most this many header fields. */
  static boolean isGood(byte[] head, int start, int length, int maxFields) {
    RequestHead check = new RequestHead(head, start, length);
    return check.requestLine() && check.fields(maxFields) && check.framing();
  }

  private boolean requestLine() {
    if (!token() || !take(' ') || !target() || !take(' ') || !take("HTTP/1.")) {
      return false;
    }
    http11 = take('1');
    return (http11 || take('0')) && take("\r\n");
  }

  private boolean target() {
    if (take('*')) {
      return text(start, at).equals("OPTIONS *");
    }
    if (peek() != '/') {
      return false;
    }
    for (int c = peek(); c != ' '; c = peek()) {
      at++;
      if (c == '%') {
        int high = hexDigit();
        int low = hexDigit();
        if (high < 0 || low < 0 || high + low == 0) {
          return false;
        }
      } else if (!TARGET.get(Math.max(c, 0))) {
        return false;
      }
    }
    return true;
  }

  private boolean fields(int maxFields) {
    for (int count = 0; peek() != '\r'; count++) {
      int name = at;
      if (count == maxFields || !token()) {
        return false;
      }
      int nameEnd = at;
      if (!take(':') || !value(name, nameEnd)) {
        return false;
      }
    }
    return take("\r\n") && at == end;
  }

  private boolean value(int name, int nameEnd) {
    int from = at;
    for (int c = peek(); c != '\r'; c = peek()) {
      if ((c < ' ' && c != '\t') || c == 0x7F) {
        return false;
      }
      at++;
    }
    int to = at;
    while (from < to && isSpace(head[from])) {
      from++;
    }
    while (from < to && isSpace(head[to - 1])) {
      to--;
    }
    return take("\r\n") && known(name, nameEnd, from, to);
  }

  /** Looks at the fields that say whom a request is for and where it ends. */
  private boolean known(int name, int nameEnd, int from, int to) {
    return switch (nameEnd - name) {
      case 4 -> !same("host", name, nameEnd) || (++hosts == 1 && host(from, to));
      case 6 -> !same("expect", name, nameEnd) || same("100-continue", from, to);
      case 14 -> !same("content-length", name, nameEnd) || (++lengths == 1 && digits(from, to));
      case 17 ->
          !same("transfer-encoding", name, nameEnd)
              || (++encodings == 1 && text(from, to).equals("chunked"));
      default -> true;
    };
  }

  private boolean framing() {
    boolean oneHost = hosts == 1 || (!http11 && hosts == 0);
    boolean oneLength = encodings == 0 || (http11 && lengths == 0);
    return oneHost && oneLength;
  }

  private boolean digits(int from, int to) {
    for (int i = from; i < to; i++) {
      if (head[i] < '0' || head[i] > '9') {
        return false;
      }
    }
    return to > from && to - from <= LONGEST_LENGTH;
  }

  /** A name or address, then perhaps a port (RFC 3986, without escapes and sub-delimiters). */
  private boolean host(int from, int to) {
    int i = from;
    if (i < to && head[i] == '[') {
      i++;
      int address = i;
      while (i < to && ADDRESS.get(head[i] & 0xFF)) {
        i++;
      }
      if (i == address || i == to || head[i++] != ']') {
        return false;
      }
    } else {
      while (i < to && HOST.get(head[i] & 0xFF)) {
        i++;
      }
      if (i == from) {
        return false;
      }
    }
    return i == to || (head[i] == ':' && port(i + 1, to));
  }

  private boolean port(int from, int to) {
    if (to == from) {
      return true;
    }
    return to - from <= 5 && digits(from, to) && Integer.parseInt(text(from, to)) <= MAX_PORT;
  }

  private String text(int from, int to) {
    return new String(head, from, to - from, US_ASCII);
  }

  private boolean token() {
    int first = at;
    while (at < end && TOKEN.get(head[at] & 0xFF)) {
      at++;
    }
    return at > first;
  }

  private int hexDigit() {
    int c = peek();
    at++;
    return c >= 0 && c < 0x80 ? Character.digit(c, 16) : -1;
  }

  /** -1 at the end. */
  private int peek() {
    return at < end ? head[at] & 0xFF : -1;
  }

  private boolean take(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  private boolean take(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!take(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Compares with a text in lower case, without regard to the case of ASCII letters. */
  private boolean same(String lowerCase, int from, int to) {
    if (to - from != lowerCase.length()) {
      return false;
    }
    for (int i = from; i < to; i++) {
      int c = head[i] >= 'A' && head[i] <= 'Z' ? head[i] + ('a' - 'A') : head[i];
      if (c != lowerCase.charAt(i - from)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t';
  }

  private static BitSet characters(String all) {
    BitSet set = new BitSet(256);
    all.chars().forEach(set::set);
    return set;
  }
}
