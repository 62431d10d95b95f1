package org.securechat.testkit.usecase;

import java.time.Duration;
import org.securechat.domain.credential.PasswordHash;
import org.securechat.domain.credential.PasswordHasher;
import org.securechat.domain.credential.PasswordVerifier;
import org.securechat.domain.rejection.UnavailableException;

/** A hasher that makes verifiers and never has the time to check one. */
record BusyHasher(PasswordHasher hasher) implements PasswordHasher {

  @Override
  public PasswordVerifier hash(PasswordHash received) {
    return hasher.hash(received);
  }

  @Override
  public PasswordVerifier decoy() {
    return hasher.decoy();
  }

  @Override
  public boolean matches(PasswordVerifier verifier, PasswordHash presented) {
    throw new UnavailableException("busy", Duration.ofSeconds(1), null);
  }
}
