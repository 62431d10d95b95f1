package org.securechat.testkit.contract;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.securechat.domain.ChatStores;
import org.securechat.domain.account.Account;
import org.securechat.domain.account.NewAccount;
import org.securechat.domain.account.PendingRegistration;
import org.securechat.domain.account.Profile;
import org.securechat.domain.account.SignIn;
import org.securechat.domain.account.StoredSecrets;
import org.securechat.domain.credential.PasswordVerifier;
import org.securechat.domain.credential.SealedSecret;
import org.securechat.domain.credential.SecondFactor;
import org.securechat.domain.credential.Settlement;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Session;
import org.securechat.domain.session.SessionState;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.TestUser;

/** Harmless rows for the contracts of the stores. */
final class AccountFixtures {
  static final Instant NOON = TestClock.NOON;
  static final TotpStep STEP = TotpStep.at(NOON);
  static final Settlement NOTHING_CHARGED = new Settlement(List.of(), List.of());

  private AccountFixtures() {}

  static Sha256 hash(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The right that a request of this user, signed at noon over this text, carries. */
  static Once once(long user, String signedText) {
    return new Once(
        NOON, IdentityKey.copyOf(hash("key of " + user).toByteArray()), hash(signedText));
  }

  /** A profile with other spellings of name and address, and the key of the user. */
  static Profile renamed(TestUser user, String username, String email) {
    Profile profile = user.profile();
    return new Profile(
        new Username(username),
        new EmailAddress(email),
        profile.identityKey(),
        profile.encryptionIv(),
        profile.kdf(),
        profile.encryptionKey());
  }

  static StoredSecrets secrets(String of) {
    return new StoredSecrets(
        new PasswordVerifier("$argon2id$verifier of " + of),
        SealedSecret.copyOf(("private key of " + of).getBytes(StandardCharsets.UTF_8)),
        SealedSecret.copyOf(("totp secret of " + of).getBytes(StandardCharsets.UTF_8)));
  }

  static PendingRegistration pending(Profile profile, String token) {
    return new PendingRegistration(hash(token), profile, secrets(token), NOON);
  }

  static Session session(long user, String token) {
    return new Session(
        hash(token), "id of " + token, new UserId(user), SessionState.FULL, NOON, NOON, "agent");
  }

  static final int SESSIONS_PER_USER = 100;

  static SignIn signIn(
      TotpStep step, Session session, Optional<Sha256> presented, Settlement settlement) {
    return new SignIn(
        new SecondFactor.Step(step), session, SESSIONS_PER_USER, presented, settlement);
  }

  static NewAccount newAccount(long user, Profile profile, String pendingToken) {
    String name = profile.username().value();
    return new NewAccount(
        hash(pendingToken),
        new Account(new UserId(user), profile, secrets(name), NOON),
        List.of(hash("recovery 1 of " + name), hash("recovery 2 of " + name)),
        STEP,
        session(user, "first session of " + name),
        NOTHING_CHARGED);
  }

  /** Takes a user all the way into the store. */
  static Account register(ChatStores stores, long id, TestUser user) {
    return register(stores, id, user.profile());
  }

  static Account register(ChatStores stores, long id, Profile profile) {
    String token = "registration of " + id;
    stores.registrations().begin(pending(profile, token), once(id, "begin"));
    NewAccount created = newAccount(id, profile, token);
    if (!stores.registrations().confirm(created, once(id, "confirm"))) {
      throw new AssertionError("A registration that has just begun could not be confirmed");
    }
    return created.account();
  }

  static Optional<Sha256> none() {
    return Optional.empty();
  }
}
