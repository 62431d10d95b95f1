package org.securechat.protocol.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.List;
import javax.crypto.AEADBadTagException;
import org.bouncycastle.crypto.DataLengthException;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.junit.jupiter.api.Test;
import org.securechat.crypto.AesGcm;
import org.securechat.crypto.HkdfSha256;
import org.securechat.crypto.HpkeSuite;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.protocol.vectors.Json;
import org.securechat.protocol.vectors.PublishedVectors;

/** The primitives that the formats stand on, held to what their authors published (G-3). */
class PublishedVectorsTest {

  @Test
  void argon2id_referenceImplementation_givesTheirHashes() {
    List<String> wrong =
        PublishedVectors.json("argon2/argon2id.json")
            .items("cases")
            .filter(test -> !argon2(test).equals(test.text("hash_hex")))
            .map(test -> test.text("encoded"))
            .toList();

    assertEquals(List.of(), wrong);
  }

  private static String argon2(Json test) {
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(test.number("m_kib"))
            .withIterations(test.number("t"))
            .withParallelism(test.number("p"))
            .withSalt(test.text("salt").getBytes(UTF_8))
            .build());
    byte[] hash = new byte[test.hex("hash_hex").length];
    argon2.generateBytes(test.text("password").getBytes(UTF_8), hash);
    return HexFormat.of().formatHex(hash);
  }

  @Test
  void hkdf_wycheproof_givesTheirKeysOrThrows() {
    List<String> wrong =
        PublishedVectors.json("wycheproof/hkdf_sha256_test.json")
            .items("testGroups")
            .flatMap(group -> group.items("tests"))
            .filter(test -> derives(test) != test.text("result").equals("valid"))
            .map(test -> test.text("tcId"))
            .toList();

    assertEquals(List.of(), wrong);
  }

  private static boolean derives(Json test) {
    try {
      byte[] derived =
          HkdfSha256.derive(
              test.hex("ikm"), test.hex("salt"), test.hex("info"), test.number("size"));
      assertArrayEquals(test.hex("okm"), derived, () -> "tcId " + test.text("tcId"));
      return true;
    } catch (DataLengthException e) {
      return false;
    }
  }

  /** Where everybody would have the secret, there is none; else it is theirs (G-4). */
  @Test
  void x25519_wycheproof_givesTheirSecretsAndNoneThatEverybodyHas() {
    List<Json> tests =
        PublishedVectors.json("wycheproof/x25519_test.json")
            .items("testGroups")
            .flatMap(group -> group.items("tests"))
            .toList();
    List<String> wrong =
        tests.stream()
            .filter(test -> agrees(test) == isKnownToAll(test) || seals(test) == isKnownToAll(test))
            .map(test -> test.text("tcId"))
            .toList();

    assertEquals(List.of(), wrong);
    assertEquals(518, tests.size());
    assertEquals(31, tests.stream().filter(PublishedVectorsTest::isKnownToAll).count());
  }

  private static boolean isKnownToAll(Json test) {
    return test.items("flags").anyMatch(flag -> flag.value().equals("ZeroSharedSecret"));
  }

  /** By the agreement that HPKE stands on. */
  private static boolean agrees(Json test) {
    byte[] shared = new byte[X25519PrivateKeyParameters.SECRET_SIZE];
    try {
      new X25519PrivateKeyParameters(test.hex("private"))
          .generateSecret(new X25519PublicKeyParameters(test.hex("public")), shared, 0);
    } catch (IllegalStateException e) {
      return false;
    }
    assertArrayEquals(test.hex("shared"), shared, () -> "tcId " + test.text("tcId"));
    return true;
  }

  /** Whether HPKE takes the public key as a recipient's. */
  private static boolean seals(Json test) {
    byte[] none = new byte[0];
    try {
      HpkeSuite.X25519.seal(test.hex("public"), none, none, none, count -> test.hex("private"));
      return true;
    } catch (InvalidValueException e) {
      return false;
    }
  }

  /** The first message of a context, which is all that we seal with one. */
  @Test
  void hpke_rfc9180BaseMode_sealsTheSameAndOpensIt() throws Exception {
    List<Json> ours =
        PublishedVectors.json("hpke/x25519-aes256gcm-base-auth.json")
            .all()
            .filter(test -> test.number("mode") == 0 && test.number("kdf_id") == 1)
            .toList();
    for (Json test : ours) {
      Json first = test.items("encryptions").findFirst().orElseThrow();
      byte[] sealed = HexFormat.of().parseHex(test.text("enc") + first.text("ct"));

      assertArrayEquals(
          sealed,
          HpkeSuite.X25519.seal(
              test.hex("pkRm"),
              test.hex("info"),
              first.hex("aad"),
              first.hex("pt"),
              count -> test.hex("ikmE")));
      assertArrayEquals(
          first.hex("pt"),
          HpkeSuite.X25519.open(test.hex("skRm"), test.hex("info"), first.hex("aad"), sealed));
    }
    assertEquals(1, ours.size());
  }

  /** Those of our sizes: 256-bit keys, 96-bit IVs, 128-bit tags. */
  @Test
  void aesGcm_wycheproof_opensTheValidAndNoOther() {
    List<Json> ours =
        PublishedVectors.json("wycheproof/aes_gcm_test.json")
            .items("testGroups")
            .filter(group -> group.number("keySize") == 256 && group.number("ivSize") == 96)
            .flatMap(group -> group.items("tests"))
            .toList();
    List<String> wrong =
        ours.stream()
            .filter(test -> opens(test) != test.text("result").equals("valid"))
            .map(test -> test.text("tcId"))
            .toList();

    assertEquals(List.of(), wrong);
    assertEquals(66, ours.size());
  }

  private static boolean opens(Json test) {
    byte[] sealed = HexFormat.of().parseHex(test.text("ct") + test.text("tag"));
    try {
      byte[] opened = AesGcm.decrypt(test.hex("key"), test.hex("iv"), sealed, test.hex("aad"));
      assertArrayEquals(test.hex("msg"), opened, () -> "tcId " + test.text("tcId"));
      assertArrayEquals(
          sealed, AesGcm.encrypt(test.hex("key"), test.hex("iv"), opened, test.hex("aad")));
      return true;
    } catch (AEADBadTagException e) {
      return false;
    }
  }
}
