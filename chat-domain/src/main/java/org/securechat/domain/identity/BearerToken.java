package org.securechat.domain.identity;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * 256 random bits that let their bearer in: 43 characters of base64url. The server stores only the
 * hash.
 */
public final class BearerToken {
  private static final int LENGTH = 32;
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final String text;

  private BearerToken(String text) {
    this.text = text;
  }

  public static BearerToken random(RandomSource random) {
    return new BearerToken(
        Base64.getUrlEncoder().withoutPadding().encodeToString(random.bytes(LENGTH)));
  }

  /** Reads a received text; empty for what can't be one. */
  public static Optional<BearerToken> parse(String text) {
    return SHAPE.matcher(text).matches() ? Optional.of(new BearerToken(text)) : Optional.empty();
  }

  /** What it is stored and found by. */
  public Sha256 hash() {
    return Sha256.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The text, for its bearer alone. */
  public String secretText() {
    return text;
  }

  @Override
  public String toString() {
    return "BearerToken[secret]";
  }
}
