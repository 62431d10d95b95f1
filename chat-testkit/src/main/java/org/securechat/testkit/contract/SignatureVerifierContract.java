package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.testkit.TestUser;

/** What every {@link SignatureVerifier} does; implement it in a test class of the adapter. */
public interface SignatureVerifierContract {
  byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);

  /** The order of the prime-order subgroup (RFC 8032, section 5.1). */
  BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  SignatureVerifier verifier();

  /**
   * Whether {@link SignatureVerifier#isSound} finds keys of mixed order; only a stand-in may not.
   */
  default boolean detectsMixedOrder() {
    return true;
  }

  @Test
  default void verify_ownSignature_returns() throws SignatureException {
    TestUser alice = TestUser.named("alice");

    verifier().verify(alice.identityKey(), MESSAGE, alice.sign(MESSAGE));
  }

  /** RFC 8032, section 7.1, TEST 3. */
  @Test
  default void verify_publishedSignature_returns() throws SignatureException {
    verifier()
        .verify(
            key("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"),
            new byte[] {(byte) 0xaf, (byte) 0x82},
            Signature.copyOf(
                HexFormat.of()
                    .parseHex(
                        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                            + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")));
  }

  @Test
  default void verify_anyChangedBit_throws() {
    TestUser alice = TestUser.named("alice");
    byte[] good = alice.sign(MESSAGE).toByteArray();
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      assertRefused(alice.identityKey(), MESSAGE, bad);
    }
  }

  @Test
  default void verify_otherMessageOrKey_throws() {
    TestUser alice = TestUser.named("alice");
    byte[] signature = alice.sign(MESSAGE).toByteArray();

    assertRefused(alice.identityKey(), new byte[0], signature);
    assertRefused(TestUser.named("bob").identityKey(), MESSAGE, signature);
  }

  /** More keys than any verifier remembers. */
  @Test
  default void verify_manyKeysInTurn_takesEachForItself() throws SignatureException {
    SignatureVerifier verifier = verifier();
    List<TestUser> users =
        IntStream.range(0, 200).mapToObj(number -> TestUser.named("user" + number)).toList();
    for (int round = 0; round < 2; round++) {
      for (TestUser user : users) {
        verifier.verify(user.identityKey(), MESSAGE, user.sign(MESSAGE));
      }
    }
    Signature first = users.get(0).sign(MESSAGE);
    for (TestUser user : users.subList(1, users.size())) {
      assertThrows(
          SignatureException.class, () -> verifier.verify(user.identityKey(), MESSAGE, first));
    }
  }

  @Test
  default void verify_scalarBeyondTheOrder_throws() {
    TestUser alice = TestUser.named("alice");
    byte[] good = alice.sign(MESSAGE).toByteArray();
    byte[] bad = good.clone();
    byte[] bigEndian = new byte[32];
    for (int i = 0; i < 32; i++) {
      bigEndian[i] = good[63 - i];
    }
    byte[] shifted = new BigInteger(1, bigEndian).add(L).toByteArray();
    for (int i = 0; i < 32; i++) {
      int at = shifted.length - 1 - i;
      bad[32 + i] = at < 0 ? 0 : shifted[at];
    }

    assertRefused(alice.identityKey(), MESSAGE, bad);
  }

  @Test
  default void isSound_freshKey_isTrue() {
    assertTrue(verifier().isSound(TestUser.named("alice").identityKey()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
      })
  default void isSound_smallOrder_isFalse(String hex) {
    assertFalse(verifier().isSound(key(hex)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
      })
  default void isSound_notCanonical_isFalse(String hex) {
    assertFalse(verifier().isSound(key(hex)));
  }

  @Test
  default void isSound_noPoint_isFalse() {
    assertFalse(
        verifier()
            .isSound(key("0200000000000000000000000000000000000000000000000000000000000000")));
  }

  /** From ed25519-speccheck, case 5. */
  @Test
  default void isSound_mixedOrder_isFalse() {
    assumeTrue(detectsMixedOrder(), "a stand-in that does not find keys of mixed order");

    assertFalse(
        verifier()
            .isSound(key("cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d")));
  }

  private static IdentityKey key(String hex) {
    return IdentityKey.copyOf(HexFormat.of().parseHex(hex));
  }

  private void assertRefused(IdentityKey key, byte[] message, byte[] signature) {
    assertThrows(
        SignatureException.class,
        () -> verifier().verify(key, message, Signature.copyOf(signature)));
  }
}
