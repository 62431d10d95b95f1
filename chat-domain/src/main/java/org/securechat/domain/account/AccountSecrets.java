package org.securechat.domain.account;

import java.nio.charset.StandardCharsets;
import org.securechat.domain.credential.PasswordVerifier;
import org.securechat.domain.credential.SealedPlace;
import org.securechat.domain.credential.SealedSecret;
import org.securechat.domain.credential.SecretBox;
import org.securechat.domain.credential.TotpSecret;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.session.SessionState;

/** Seals and opens what accounts and registrations keep sealed, each for its own row. */
final class AccountSecrets {
  private final SecretBox box;

  AccountSecrets(SecretBox box) {
    this.box = box;
  }

  StoredSecrets sealPending(
      Sha256 registration,
      PasswordVerifier verifier,
      EncryptedPrivateKey privateKey,
      TotpSecret totpSecret) {
    return new StoredSecrets(
        verifier,
        seal(privateKey.toByteArray(), SealedPlace.pendingPrivateKeyOf(registration)),
        seal(bytes(totpSecret), SealedPlace.pendingTotpSecretOf(registration)));
  }

  StoredSecrets sealForAccount(
      UserId user,
      PasswordVerifier verifier,
      EncryptedPrivateKey privateKey,
      TotpSecret totpSecret) {
    return new StoredSecrets(
        verifier, sealForAccount(user, privateKey), sealForAccount(user, totpSecret));
  }

  SealedSecret sealForAccount(UserId user, EncryptedPrivateKey privateKey) {
    return seal(privateKey.toByteArray(), SealedPlace.privateKeyOf(user));
  }

  SealedSecret sealForAccount(UserId user, TotpSecret totpSecret) {
    return seal(bytes(totpSecret), SealedPlace.totpSecretOf(user));
  }

  SealedSecret sealForReset(Sha256 session, TotpSecret totpSecret) {
    return seal(bytes(totpSecret), SealedPlace.resetTotpSecretOf(session));
  }

  TotpSecret totpSecretOf(PendingReset reset) {
    return totpSecret(open(reset.totpSecret(), SealedPlace.resetTotpSecretOf(reset.session())));
  }

  /** The secrets of a registration, sealed anew for the account that it becomes. */
  StoredSecrets moveToAccount(PendingRegistration pending, UserId user) {
    StoredSecrets secrets = pending.secrets();
    byte[] privateKey =
        open(secrets.encryptedPrivateKey(), SealedPlace.pendingPrivateKeyOf(pending.tokenHash()));
    return sealForAccount(
        user,
        secrets.passwordVerifier(),
        EncryptedPrivateKey.copyOf(privateKey),
        totpSecretOf(pending));
  }

  TotpSecret totpSecretOf(PendingRegistration pending) {
    return totpSecret(
        open(pending.secrets().totpSecret(), SealedPlace.pendingTotpSecretOf(pending.tokenHash())));
  }

  TotpSecret totpSecretOf(Account account) {
    return totpSecret(open(account.secrets().totpSecret(), SealedPlace.totpSecretOf(account.id())));
  }

  EncryptedPrivateKey privateKeyOf(Account account) {
    return EncryptedPrivateKey.copyOf(
        open(account.secrets().encryptedPrivateKey(), SealedPlace.privateKeyOf(account.id())));
  }

  OwnAccount openOwn(Account account, SessionState session) {
    return new OwnAccount(account, privateKeyOf(account), session == SessionState.RESET_REQUIRED);
  }

  private SealedSecret seal(byte[] secret, SealedPlace place) {
    return SealedSecret.copyOf(box.seal(secret, place));
  }

  private byte[] open(SealedSecret sealed, SealedPlace place) {
    return box.open(sealed.toByteArray(), place);
  }

  private static byte[] bytes(TotpSecret secret) {
    return secret.secretText().getBytes(StandardCharsets.US_ASCII);
  }

  private static TotpSecret totpSecret(byte[] bytes) {
    return TotpSecret.parse(new String(bytes, StandardCharsets.US_ASCII));
  }
}
