package org.securechat.domain.credential;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.securechat.domain.identity.BearerToken;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Sha256;

/**
 * Replaces the second factor in one sign-in: whoever has just proved password and second factor to
 * get the encrypted key gets a ticket too, and need not wait for the next code. The server stores
 * only its hash.
 */
public final class LoginTicket {
  /** How long it is good for. */
  public static final Duration LIFETIME = Duration.ofMinutes(2);

  private final String text;

  private LoginTicket(String text) {
    this.text = text;
  }

  public static LoginTicket random(RandomSource random) {
    return new LoginTicket(BearerToken.random(random).secretText());
  }

  /** Takes one that is to be looked up: any text; what was never issued is found nowhere. */
  public static LoginTicket presented(String text) {
    return new LoginTicket(text);
  }

  /** What it is stored and found by. */
  public Sha256 hash() {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The ticket's text, to give its bearer once. */
  public String secretText() {
    return text;
  }

  @Override
  public String toString() {
    return "LoginTicket[secret]";
  }
}
