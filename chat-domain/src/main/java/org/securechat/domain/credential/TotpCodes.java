package org.securechat.domain.credential;

import java.time.Instant;
import java.util.Optional;
import org.securechat.domain.identity.Username;

/**
 * Time-based one-time passwords: RFC 6238 with SHA-1, six digits, 30 s, one step of tolerance
 * either side. That a step is accepted once is the store's to see to.
 *
 * <p>Implementations keep no state, are safe for use by many threads, and pass {@code
 * TotpCodesContract} in chat-testkit.
 */
public interface TotpCodes {

  /** A fresh secret. */
  TotpSecret newSecret();

  /** The code of one step. */
  TotpCode codeAt(TotpSecret secret, TotpStep step);

  /**
   * The step that a code belongs to, of the one at {@code now}, the one before and the one after;
   * empty when it belongs to none. Takes the same work either way.
   */
  Optional<TotpStep> match(TotpSecret secret, TotpCode code, Instant now);

  /** The {@code otpauth://totp/…} URI that an authenticator application reads. */
  String provisioningUri(TotpSecret secret, Username account);
}
