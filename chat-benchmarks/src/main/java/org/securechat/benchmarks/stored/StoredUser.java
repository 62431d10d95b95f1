package org.securechat.benchmarks.stored;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.securechat.domain.ChatStores;
import org.securechat.domain.account.Account;
import org.securechat.domain.account.NewAccount;
import org.securechat.domain.account.PendingRegistration;
import org.securechat.domain.account.StoredSecrets;
import org.securechat.domain.credential.PasswordVerifier;
import org.securechat.domain.credential.SealedSecret;
import org.securechat.domain.credential.Settlement;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Caller;
import org.securechat.domain.session.Session;
import org.securechat.domain.session.SessionState;
import org.securechat.domain.session.SignedCaller;
import org.securechat.testkit.TestGroup;
import org.securechat.testkit.TestUser;

/** Somebody with an account and a session in a database. May be used by many threads. */
final class StoredUser {
  private final TestGroup.Person person;
  private final Caller caller;
  private final Instant now;
  private final AtomicLong requests = new AtomicLong();

  private StoredUser(TestGroup.Person person, Caller caller, Instant now) {
    this.person = person;
    this.caller = caller;
    this.now = now;
  }

  /**
   * Takes somebody into a database.
   *
   * @param number whose no other user there is
   */
  static StoredUser register(ChatStores stores, long number, Instant now) {
    TestUser user = TestUser.named("user" + number);
    UserId id = new UserId(number);
    Session session =
        new Session(
            hash("session of " + number),
            "session of " + number,
            id,
            SessionState.FULL,
            now,
            now,
            "benchmark");
    StoredUser registered =
        new StoredUser(
            new TestGroup.Person(id, user), new Caller(session, user.identityKey()), now);
    StoredSecrets secrets =
        new StoredSecrets(
            new PasswordVerifier("verifier"),
            SealedSecret.copyOf(hash("private key").toByteArray()),
            SealedSecret.copyOf(hash("totp secret").toByteArray()));
    Sha256 token = hash("registration of " + number);
    stores
        .registrations()
        .begin(new PendingRegistration(token, user.profile(), secrets, now), registered.nextOnce());
    NewAccount account =
        new NewAccount(
            token,
            new Account(id, user.profile(), secrets, now),
            List.of(),
            TotpStep.at(now),
            session,
            new Settlement(List.of(), List.of()));
    if (!stores.registrations().confirm(account, registered.nextOnce())) {
      throw new IllegalStateException("A registration could not be confirmed");
    }
    return registered;
  }

  TestGroup.Person person() {
    return person;
  }

  Caller caller() {
    return caller;
  }

  /** A request of theirs that nobody has seen. */
  SignedCaller request() {
    return new SignedCaller(caller, nextOnce());
  }

  private Once nextOnce() {
    return new Once(now, caller.key(), hash("request " + requests.incrementAndGet()));
  }

  private static Sha256 hash(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
