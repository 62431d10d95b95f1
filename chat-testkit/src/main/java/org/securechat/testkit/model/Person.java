package org.securechat.testkit.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.securechat.domain.ChatStores;
import org.securechat.domain.account.Account;
import org.securechat.domain.account.EncryptionIv;
import org.securechat.domain.account.KdfParameters;
import org.securechat.domain.account.NewAccount;
import org.securechat.domain.account.PendingRegistration;
import org.securechat.domain.account.Profile;
import org.securechat.domain.account.StoredSecrets;
import org.securechat.domain.credential.PasswordVerifier;
import org.securechat.domain.credential.SealedSecret;
import org.securechat.domain.credential.Settlement;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Caller;
import org.securechat.domain.session.Session;
import org.securechat.domain.session.SessionState;
import org.securechat.domain.session.SignedCaller;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;

/**
 * Somebody whose signatures are hashes: thousands are made and checked, and what they protect is
 * not what is compared here.
 */
record Person(UserId id, Username name, IdentityKey key) {

  static Person numbered(long number) {
    return new Person(
        new UserId(number),
        new Username("person" + number),
        IdentityKey.copyOf(hash("key of " + number).toByteArray()));
  }

  /** Accepts what {@link #sign} made. */
  static SignatureVerifier verifier() {
    return new SignatureVerifier() {
      @Override
      public void verify(IdentityKey key, byte[] message, Signature signature)
          throws SignatureException {
        if (!sign(key, message).equals(signature)) {
          throw new SignatureException("Not by this key");
        }
      }

      @Override
      public boolean isSound(IdentityKey key) {
        return true;
      }
    };
  }

  Signature sign(byte[] message) {
    return sign(key, message);
  }

  private static Signature sign(IdentityKey key, byte[] message) {
    Sha256 first = Sha256.of(key.toByteArray(), message);
    return Signature.copyOf(
        ByteBuffer.allocate(Signature.LENGTH)
            .put(first.toByteArray())
            .put(Sha256.of(first.toByteArray()).toByteArray())
            .array());
  }

  Member as(Role role) {
    return new Member(id, role, key, name);
  }

  /** A request of theirs that has not been used. */
  SignedCaller request(Instant now, long number) {
    return new SignedCaller(caller(now), new Once(now, key, hash("request " + number)));
  }

  Caller caller(Instant now) {
    return new Caller(session(now), key);
  }

  private Session session(Instant now) {
    return new Session(
        hash("session of " + id), "session of " + id, id, SessionState.FULL, now, now, "agent");
  }

  /** Takes them into the stores, with the session that they call in. */
  void register(ChatStores stores, Instant now) {
    Profile profile =
        new Profile(
            name,
            new EmailAddress(name.value() + "@example.org"),
            key,
            new EncryptionIv("00112233445566778899aabb"),
            KdfParameters.ORIGINAL,
            Optional.empty());
    StoredSecrets secrets =
        new StoredSecrets(
            new PasswordVerifier("verifier of " + id),
            SealedSecret.copyOf(hash("private key of " + id).toByteArray()),
            SealedSecret.copyOf(hash("totp secret of " + id).toByteArray()));
    Sha256 token = hash("registration of " + id);
    stores
        .registrations()
        .begin(
            new PendingRegistration(token, profile, secrets, now),
            new Once(now, key, hash("begin")));
    NewAccount account =
        new NewAccount(
            token,
            new Account(id, profile, secrets, now),
            List.of(),
            TotpStep.at(now),
            session(now),
            new Settlement(List.of(), List.of()));
    if (!stores.registrations().confirm(account, new Once(now, key, hash("confirm")))) {
      throw new AssertionError("A registration that has just begun could not be confirmed");
    }
  }

  private static Sha256 hash(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
