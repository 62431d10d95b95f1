package org.securechat.testkit.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.usecase.ChatFixture.assertRejected;
import static org.securechat.testkit.usecase.ChatFixture.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.securechat.domain.account.EncryptionKey;
import org.securechat.domain.account.PendingRegistration;
import org.securechat.domain.account.Profile;
import org.securechat.domain.account.Registration;
import org.securechat.domain.account.RegistrationBegun;
import org.securechat.domain.account.RegistrationForm;
import org.securechat.domain.credential.PasswordHash;
import org.securechat.domain.credential.RemoteAddress;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.request.SignedRequest;
import org.securechat.testkit.TestUser;

class RegisterAccountTest {
  private final ChatFixture fixture = new ChatFixture();
  private final TestUser alice = TestUser.named("alice");

  private RegistrationBegun register(SignedRequest request, RegistrationForm form) {
    return fixture.chat.accounts().registerAccount().register(request, form, client());
  }

  private static RegistrationForm withEncryptionKey(TestUser user, EncryptionKey key) {
    Profile plain = user.profile();
    Profile profile =
        new Profile(
            plain.username(),
            plain.email(),
            plain.identityKey(),
            plain.encryptionIv(),
            plain.kdf(),
            Optional.of(key));
    return new RegistrationForm(
        user::identityKey,
        () ->
            new Registration(
                profile, PasswordHash.parse(user.passwordHash()), user.encryptedPrivateKey()));
  }

  @Test
  void register_allInForm_keepsItSealedUnderItsToken() {
    RegistrationBegun begun = fixture.begin(alice);

    PendingRegistration pending =
        fixture.ports.stores().registrations().find(begun.token().hash()).orElseThrow();
    assertEquals(alice.profile(), pending.profile());
    assertEquals(fixture.clock.instant(), pending.createdAt());
    String secrets =
        new String(pending.secrets().totpSecret().toByteArray(), StandardCharsets.ISO_8859_1);
    assertFalse(secrets.contains(begun.secret().secretText()));
    assertTrue(begun.provisioningUri().contains(begun.secret().secretText()));
  }

  @Test
  void register_twice_drawsNewSecrets() {
    RegistrationBegun first = fixture.begin(alice);
    RegistrationBegun second = fixture.begin(alice);

    assertNotEquals(first.token().secretText(), second.token().secretText());
    assertNotEquals(first.secret().secretText(), second.secret().secretText());
  }

  @Test
  void register_sameRequestAgain_isReplayed() {
    SignedRequest request = fixture.fresh(alice);
    register(request, alice.registrationForm());

    assertRejected(Rejection.REPLAYED_REQUEST, () -> register(request, alice.registrationForm()));
  }

  @Test
  void register_refusedRequest_mayComeAgain() {
    TestUser other = TestUser.named("alice");
    fixture.register(alice);
    SignedRequest request = fixture.fresh(other);

    assertRejected(Rejection.USERNAME_TAKEN, () -> register(request, other.registrationForm()));
    assertRejected(Rejection.USERNAME_TAKEN, () -> register(request, other.registrationForm()));
  }

  @Test
  void register_signedByAnother_isRefusedBeforeTheFormIsRead() {
    RegistrationForm form =
        new RegistrationForm(
            alice::identityKey,
            () -> {
              throw new AssertionError("read before the signature was verified");
            });

    assertRejected(
        Rejection.INVALID_SIGNATURE,
        () -> register(fixture.fresh(TestUser.named("mallory")), form));
  }

  @Test
  void register_outdatedRequest_isRefusedBeforeTheKeyIsRead() {
    SignedRequest request = fixture.fresh(alice);
    fixture.clock.advance(Duration.ofSeconds(301));
    RegistrationForm form =
        new RegistrationForm(
            () -> {
              throw new AssertionError("read before the time was looked at");
            },
            () -> {
              throw new AssertionError();
            });

    assertRejected(Rejection.TIMESTAMP_OUT_OF_RANGE, () -> register(request, form));
  }

  @Test
  void register_unsoundKey_isAnInvalidField() {
    IdentityKey neutral = IdentityKey.copyOf(HexFormat.of().parseHex("01" + "00".repeat(31)));
    RegistrationForm form = new RegistrationForm(() -> neutral, alice.registrationForm().whole());

    RejectedException e =
        assertRejected(Rejection.INVALID_REQUEST, () -> register(fixture.fresh(alice), form));
    assertEquals(Set.of("public_key"), e.fields().keySet());
  }

  @Test
  void register_signedEncryptionKey_isKept() {
    EncryptionKey unsigned =
        EncryptionKey.of(new byte[EncryptionKey.LENGTH], alice.sign(new byte[0]));
    EncryptionKey key = EncryptionKey.of(unsigned.toByteArray(), alice.sign(unsigned.signedText()));

    RegistrationBegun begun = register(fixture.fresh(alice), withEncryptionKey(alice, key));

    assertEquals(
        Optional.of(key),
        fixture
            .ports
            .stores()
            .registrations()
            .find(begun.token().hash())
            .orElseThrow()
            .profile()
            .encryptionKey());
  }

  @Test
  void register_encryptionKeySignedByAnother_isAnInvalidField() {
    EncryptionKey unsigned =
        EncryptionKey.of(new byte[EncryptionKey.LENGTH], alice.sign(new byte[0]));
    EncryptionKey key =
        EncryptionKey.of(
            unsigned.toByteArray(), TestUser.named("mallory").sign(unsigned.signedText()));

    RejectedException e =
        assertRejected(
            Rejection.INVALID_REQUEST,
            () -> register(fixture.fresh(alice), withEncryptionKey(alice, key)));
    assertEquals(
        Map.of(
            "encryption_key_signature",
            "Must be the identity key's signature over the encryption key"),
        e.fields());
  }

  @Test
  void register_twentyFirstFromOneAddress_isLimitedForAnHour() {
    for (int i = 0; i < 20; i++) {
      fixture.begin(TestUser.named("user" + i));
    }
    TestUser last = TestUser.named("last");

    RejectedException e = assertRejected(Rejection.RATE_LIMITED, () -> fixture.begin(last));

    assertEquals(Optional.of(Duration.ofHours(1)), e.retryAfter());
    fixture
        .chat
        .accounts()
        .registerAccount()
        .register(
            fixture.fresh(last),
            last.registrationForm(),
            client(new RemoteAddress("192.0.2.2", false), Optional.empty()));
    fixture.clock.advance(Duration.ofHours(1));
    fixture.begin(TestUser.named("later"));
  }

  @Test
  void register_refusedNames_countForNoLimit() {
    fixture.register(alice);
    for (int i = 0; i < 40; i++) {
      assertRejected(Rejection.USERNAME_TAKEN, () -> fixture.begin(TestUser.named("ALICE")));
    }

    fixture.begin(TestUser.named("bob"));
  }
}
