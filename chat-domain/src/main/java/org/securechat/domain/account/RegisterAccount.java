package org.securechat.domain.account;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.securechat.domain.credential.Charges;
import org.securechat.domain.credential.CredentialGate;
import org.securechat.domain.credential.PasswordVerifier;
import org.securechat.domain.credential.TotpCodes;
import org.securechat.domain.credential.TotpSecret;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.UnavailableException;
import org.securechat.domain.request.Once;
import org.securechat.domain.request.SignatureRule;
import org.securechat.domain.request.SignedRequest;
import org.securechat.domain.request.TimelyRequest;
import org.securechat.domain.request.VerifySignedRequest;
import org.securechat.domain.session.SessionToken;

/** Use case: somebody registers, and gets a second factor to confirm it with. */
public final class RegisterAccount {
  private final VerifySignedRequest verify;
  private final SignatureVerifier signatures;
  private final CredentialGate gate;
  private final TotpCodes codes;
  private final AccountSecrets secrets;
  private final RegistrationStore registrations;
  private final RandomSource random;
  private final Clock clock;

  RegisterAccount(VerifySignedRequest verify, AccountTools tools, AccountPorts ports) {
    this.verify = verify;
    this.signatures = ports.signatures();
    this.gate = tools.gate();
    this.codes = ports.totpCodes();
    this.secrets = tools.secrets();
    this.registrations = ports.registrations();
    this.random = ports.random();
    this.clock = ports.clock();
  }

  /**
   * Begins a registration; it counts for nothing until it is confirmed.
   *
   * @throws RejectedException with TIMESTAMP_OUT_OF_RANGE, INVALID_REQUEST for the key,
   *     CONTEXT_REQUIRED, INVALID_SIGNATURE, REPLAYED_REQUEST, INVALID_REQUEST for the rest,
   *     RATE_LIMITED, USERNAME_TAKEN or EMAIL_TAKEN, looked at in this order
   * @throws UnavailableException if the hasher or the store has no time
   */
  public RegistrationBegun register(
      SignedRequest request, RegistrationForm form, ClientInfo client) {
    TimelyRequest timely = verify.requireTimely(request);
    IdentityKey key = form.key().get();
    if (!signatures.isSound(key)) {
      throw RejectedException.invalidFields(
          Map.of("public_key", "Public key must be a canonical point of prime order"));
    }
    Once once = verify.verify(timely, SignatureRule.ORIGINAL_ONCE, key);
    Registration registration = form.whole().get();
    registration
        .profile()
        .encryptionKey()
        .ifPresent(kem -> SignedEncryptionKey.require(kem, key, signatures));

    Charges charges = gate.chargeRegistration(client.address());
    return gate.judge(charges, () -> begin(registration, once));
  }

  private RegistrationBegun begin(Registration registration, Once once) {
    Profile profile = registration.profile();
    // Before the expensive hash; begin() looks again.
    registrations.requireFree(profile.username(), profile.email());
    PasswordVerifier verifier = gate.enrol(registration.passwordHash());
    SessionToken token = SessionToken.random(random);
    TotpSecret totpSecret = codes.newSecret();
    Sha256 row = token.hash();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    registrations.begin(
        new PendingRegistration(
            row,
            profile,
            secrets.sealPending(row, verifier, registration.encryptedPrivateKey(), totpSecret),
            now),
        once);
    return new RegistrationBegun(
        token, totpSecret, codes.provisioningUri(totpSecret, profile.username()));
  }
}
