package org.securechat.protocol.key;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.securechat.crypto.HpkeSuite;
import org.securechat.crypto.SystemRandomSource;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.InvalidValueException;

class KeysTest {
  private static final RandomSource RANDOM = new SystemRandomSource();
  private static final PasswordKeys KEYS =
      PasswordKeys.derive(
          new EmailAddress("alice@example.org"), Password.of("s3cret words"), PasswordKdf.STANDARD);

  private final IdentityKeyPair alice = IdentityKeyPair.generate(RANDOM);

  /** Also under a locale that writes numbers with digits of its own. */
  @Test
  @ResourceLock(Resources.LOCALE)
  void safetyNumber_arabicLocale_hasAsciiDigits() {
    SafetyNumber.Person one = new SafetyNumber.Person(new Username("alice"), alice.publicKey());
    SafetyNumber.Person other =
        new SafetyNumber.Person(new Username("bob"), IdentityKeyPair.generate(RANDOM).publicKey());
    SafetyNumber number = SafetyNumber.between(one, other);

    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals(number, SafetyNumber.between(other, one));
    } finally {
      Locale.setDefault(before);
    }
  }

  // K-6
  @Test
  void wrap_twice_givesDifferentTextsThatOpen() throws Exception {
    WrappingKey key = KEYS.wrappingKey();
    WrappedPrivateKey one = key.wrap(alice, RANDOM);
    WrappedPrivateKey two = key.wrap(alice, RANDOM);

    assertNotEquals(one, two);
    assertNotEquals(one.encryptionIv(), two.encryptionIv());
    assertEquals(alice.publicKey(), key.unwrap(one, alice.publicKey()).publicKey());
    assertEquals(alice.publicKey(), key.unwrap(two, alice.publicKey()).publicKey());
  }

  @Test
  void deviceKey_sealedAndOpened_givesTheSame() throws Exception {
    DeviceKey key = KEYS.deviceKey();
    byte[] sealed = key.seal("cookie".getBytes(UTF_8), "here", RANDOM);

    assertArrayEquals("cookie".getBytes(UTF_8), key.open(sealed, "here"));
    assertThrows(DoesNotOpenException.class, () -> key.open(sealed, "there"));
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThrows(DoesNotOpenException.class, () -> key.open(changed, "here"), "byte " + i);
    }
    assertThrows(DoesNotOpenException.class, () -> key.open(new byte[27], "here"));
    assertThrows(DoesNotOpenException.class, () -> key.open(new byte[0], "here"));
  }

  @Test
  void encryptionKey_sealedTo_opensWithItsSeed() throws Exception {
    EncryptionKeyPair pair = alice.encryptionKeyPair();
    byte[] nothing = {};
    byte[] sealed =
        HpkeSuite.X_WING.seal(
            pair.publicKey().toByteArray(), nothing, nothing, new byte[] {7}, RANDOM);

    assertArrayEquals(
        new byte[] {7}, HpkeSuite.X_WING.open(pair.secretSeed(), nothing, nothing, sealed));
  }

  // K-9
  /** draft-connolly-cfrg-xwing-kem-06, appendix C: the public key of the first seed. */
  @Test
  void encryptionKey_seedOfTheDraft_givesItsPublicKey() {
    byte[] key =
        new EncryptionKeyPair(
                HexFormat.of()
                    .parseHex("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26"))
            .publicKey()
            .toByteArray();

    assertEquals(
        "e2236b35a8c24b39b10aa1323a96a919a2ced88400633a7b07131713fc14b2b5",
        HexFormat.of().formatHex(key, 0, 32));
  }

  // G-6
  @Test
  void signHttpMessage_whatIsNoSignatureBase_isRefused() throws Exception {
    String base = "\"@method\": GET\n\"@signature-params\": (\"@method\")";
    SoundKey.STRICT.verify(alice.publicKey(), base.getBytes(US_ASCII), alice.signHttpMessage(base));

    for (String other : List.of("", "secure-chat/v1/epoch\n", " \"", "a".repeat(32))) {
      assertThrows(IllegalArgumentException.class, () -> alice.signHttpMessage(other), other);
    }
  }

  @Test
  void signEnvelope_digest_verifies() throws Exception {
    Sha256 digest = Sha256.of("{}".getBytes(UTF_8));

    SoundKey.STRICT.verify(alice.publicKey(), digest.toByteArray(), alice.signEnvelope(digest));
  }

  @Test
  void ofSeed_wrongLength_isRefused() {
    assertThrows(InvalidValueException.class, () -> IdentityKeyPair.ofSeed(new byte[31]));
    assertThrows(InvalidValueException.class, () -> IdentityKeyPair.ofSeed(new byte[33]));
  }

  @Test
  void safetyNumber_printed_hasTwelveGroupsOfFive() {
    SafetyNumber number =
        SafetyNumber.between(
            new SafetyNumber.Person(new Username("alice"), alice.publicKey()),
            new SafetyNumber.Person(
                new Username("bob"), IdentityKeyPair.generate(RANDOM).publicKey()));

    assertEquals(60, number.digits().length());
    assertEquals(12, number.toString().split(" ").length);
    assertEquals(number.digits(), number.toString().replace(" ", ""));
  }

  @Test
  void toString_ofAnySecret_hidesIt() {
    WrappedPrivateKey wrapped = KEYS.wrappingKey().wrap(alice, RANDOM);
    String printed =
        List.of(
                Password.of("s3cret words"),
                KEYS,
                KEYS.loginHash(),
                KEYS.wrappingKey(),
                KEYS.deviceKey(),
                wrapped,
                alice,
                alice.encryptionKeyPair(),
                alice.x25519KeyPair())
            .toString();

    HexFormat hex = HexFormat.of();
    for (String secret :
        List.of(
            "s3cret",
            hex.formatHex(KEYS.secretBytes()),
            KEYS.loginHash().secretText(),
            hex.formatHex(KEYS.wrappingKey().secretBytes()),
            wrapped.encryptedPrivateKey(),
            hex.formatHex(alice.secretSeed()),
            hex.formatHex(alice.encryptionKeyPair().secretSeed()),
            hex.formatHex(alice.x25519KeyPair().secretScalar()))) {
      assertFalse(printed.contains(secret));
    }
  }
}
