package org.securechat.http.json;

/** A value as it was received: decoded where that is cheap, otherwise where it stands. */
sealed interface JsonMember {

  record Text(String value) implements JsonMember {}

  /** A number's characters: they may be any count of digits, so nothing is computed unasked. */
  record NumberText(String text) implements JsonMember {}

  enum Bool implements JsonMember {
    TRUE,
    FALSE
  }

  enum Null implements JsonMember {
    NULL
  }

  /** An object or array, left in the received bytes. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Nested(byte[] bytes, int from, int to, boolean object) implements JsonMember {}
}
