package org.securechat.domain.transcript;

import java.nio.charset.StandardCharsets;

/** The bytes of texts that hold nothing but ASCII, because their parts can't. */
final class SignedText {
  private SignedText() {}

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
