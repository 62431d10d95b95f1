package org.securechat.testkit.contract;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.securechat.domain.ChatStores;
import org.securechat.domain.account.Account;
import org.securechat.domain.account.EncryptionKey;
import org.securechat.domain.account.IssuedTicket;
import org.securechat.domain.account.NewAccount;
import org.securechat.domain.account.PendingRegistration;
import org.securechat.domain.account.Profile;
import org.securechat.domain.account.Proof;
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
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;
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

  /** The secrets of an account that {@link #register} made. */
  private static StoredSecrets secretsOf(long user) {
    return secrets("user " + user);
  }

  /** What is right for an account as {@link #register} made it. */
  static Proof proof(long user, SecondFactor factor) {
    return new Proof(Optional.of(factor), secretsOf(user));
  }

  /** The same by the password alone. */
  static Proof proof(long user) {
    return new Proof(Optional.empty(), secretsOf(user));
  }

  static boolean issue(
      ChatStores stores, IssuedTicket ticket, SecondFactor factor, Settlement settlement) {
    return stores.secondFactors().issue(ticket, proof(ticket.user().value(), factor), settlement);
  }

  static PendingRegistration pending(Profile profile, String token) {
    return new PendingRegistration(hash(token), profile, secrets(token), NOON);
  }

  static Session session(long user, String token) {
    return new Session(
        hash(token), "id of " + token, new UserId(user), SessionState.FULL, NOON, NOON, "agent");
  }

  /** The session of this token as one that was opened later. */
  static Session session(long user, String token, Instant createdAt) {
    Session plain = session(user, token);
    return new Session(
        plain.tokenHash(),
        plain.id(),
        plain.user(),
        plain.state(),
        createdAt,
        createdAt,
        plain.userAgent());
  }

  /** Somebody in the session of a token. */
  static Actor actor(long user, String token) {
    return new Actor(new UserId(user), hash(token));
  }

  /** Somebody in the session that {@link #register} opens. */
  static Actor actor(Account account) {
    return new Actor(account.id(), firstSession(account.profile().username().value()));
  }

  static Sha256 firstSession(String name) {
    return hash("first session of " + name);
  }

  static SecondFactor step(int afterNoon) {
    return new SecondFactor.Step(STEP.plus(afterNoon));
  }

  /** One of the two recovery codes, 1 or 2, that {@link #register} gives. */
  static SecondFactor recoveryCode(int number, String name) {
    return new SecondFactor.Code(recoveryCodeHash(number, name));
  }

  private static Sha256 recoveryCodeHash(int number, String name) {
    return hash("recovery " + number + " of " + name);
  }

  static IssuedTicket ticket(long user, String text) {
    return new IssuedTicket(hash(text), new UserId(user), false, NOON);
  }

  static SecondFactor factor(IssuedTicket ticket) {
    return new SecondFactor.Ticket(ticket.ticketHash(), ticket.byRecoveryCode());
  }

  /** A key whose bytes are all the same, and a signature whose bytes are. */
  static EncryptionKey encryptionKey(int keyByte, int signatureByte) {
    byte[] key = new byte[EncryptionKey.LENGTH];
    byte[] signature = new byte[Signature.LENGTH];
    Arrays.fill(key, (byte) keyByte);
    Arrays.fill(signature, (byte) signatureByte);
    return EncryptionKey.of(key, Signature.copyOf(signature));
  }

  static final int SESSIONS_PER_USER = 100;

  static SignIn signIn(
      TotpStep step, Session session, Optional<Sha256> presented, Settlement settlement) {
    return new SignIn(
        proof(session.user().value(), new SecondFactor.Step(step)),
        session,
        SESSIONS_PER_USER,
        presented,
        settlement);
  }

  static SignIn signIn(SecondFactor factor, Session session) {
    return new SignIn(
        proof(session.user().value(), factor),
        session,
        SESSIONS_PER_USER,
        Optional.empty(),
        NOTHING_CHARGED);
  }

  static NewAccount newAccount(long user, Profile profile, String pendingToken) {
    String name = profile.username().value();
    return new NewAccount(
        hash(pendingToken),
        new Account(new UserId(user), profile, secretsOf(user), NOON),
        List.of(recoveryCodeHash(1, name), recoveryCodeHash(2, name)),
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
