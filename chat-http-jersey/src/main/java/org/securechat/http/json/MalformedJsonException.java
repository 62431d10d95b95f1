package org.securechat.http.json;

/**
 * What was received is no JSON that the wire contract takes. Says nothing about where or why: the
 * text may hold secrets.
 */
public final class MalformedJsonException extends RuntimeException {
  MalformedJsonException() {
    super("Malformed JSON", null, false, false);
  }
}
