package org.securechat.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SignatureException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.crypto.Vectors.Json;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.SignatureVerifier;

/** The verdicts that every verifier of this module gives alike. */
interface StrictEd25519Tests {
  /** RFC 8032, section 7.1, test 2. */
  String KEY = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";

  String MESSAGE = "72";
  String SIGNATURE =
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
          + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

  SignatureVerifier verifier();

  @Test
  default void selfTest_thisVerifier_passes() {
    assertTrue(SignatureSelfTest.passes(verifier()));
  }

  @ParameterizedTest(name = "RFC 8032 test {0}")
  @CsvSource({
    "1, d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '',"
        + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
        + "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "2, " + KEY + ", " + MESSAGE + ", " + SIGNATURE,
    "3, fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82,"
        + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac1"
        + "8ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    "SHA(abc), ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf,"
        + "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2"
        + "192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f,"
        + "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b5890"
        + "9351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
  })
  default void verify_rfc8032_passes(String name, String key, String message, String signature) {
    assertTrue(accepts(key, message, signature), name);
  }

  @Test
  default void verify_mismatch_saysNothingAboutItsKind() {
    IdentityKey key = IdentityKey.copyOf(bytes(KEY));
    Signature good = Signature.copyOf(bytes(SIGNATURE));
    Signature badForm = Signature.copyOf(new byte[Signature.LENGTH]);

    Exception otherMessage =
        assertThrows(SignatureException.class, () -> verifier().verify(key, new byte[] {1}, good));
    Exception malformed =
        assertThrows(
            SignatureException.class, () -> verifier().verify(key, bytes(MESSAGE), badForm));

    assertEquals(otherMessage.getMessage(), malformed.getMessage());
  }

  /** Made with the private key, so that the equation holds with the cofactor and not without. */
  @ParameterizedTest(name = "torsion {0}")
  @CsvSource({
    "1, 2a686932f547f4dd02bb4142e2ec0b6d522e85a01a1538ab9f1268a3f23851e6"
        + "45ba81e07e335d46ab7d614560769d6c98a499429173f20c7fa789d10f50b403",
    "2, 52200a2958e798355c54ae978566c10635ff9798b6cb52ebdfb5bd89d80d5e49"
        + "798c0af220101a566c177162c5cf61eaf8a0ac770b68ac07b1a182918a47a30a",
    "3, e31bf514eb41af934cdb61a8ae588b29deeaf21be78382d8b9ac13493f1c262e"
        + "4bd0b7a915a11a59fbd3d1dba77eba21153919b6d0e755d727038c0d9f141302",
    "4, 666c09f9a233782bd7ba079cb7145578d1adf0dbbdf9ba7ad28f67aaac959a11"
        + "5023f1806d021280285f535a18982707998587ccd2a7a3cf64ee4848d613d805",
    "5, c39796cd0ab80b22fd44bebd1d13f492add17a5fe5eac75460ed975c0dc7ae19"
        + "561aff66d57e4c8893d2c0695f10ce2bee79b8c987fc89e674004242c8e65905",
    "6, 9bdff5d6a71867caa3ab51687a993ef9ca0068674934ad14204a427627f2a1b6"
        + "c377a68d8a254ab98840b1f673767000ef21cde6493d1a0e0543b4f6acf9120e",
    "7, 0ae40aeb14be506cb3249e5751a774d621150de4187c7d274653ecb6c0e3d9d1"
        + "498a271fc23743fba9669c729091c75e1c11ffb74d2cd82892301c3251080100"
  })
  default void verify_rOfMixedOrder_throws(int torsion, String signature) {
    assertFalse(accepts(KEY, MESSAGE, signature), () -> "torsion " + torsion);
  }

  /** Made with the private key; for the neutral element the equation holds even as it stands. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "neutral, 0100000000000000000000000000000000000000000000000000000000000000"
        + "675d054595fa17cb6a44e3ada6ca385e55667e41a63fdab0ac22d10000354002",
    "neutral with a sign, 0100000000000000000000000000000000000000000000000000000000000080"
        + "bd498620dc071c7bd37de37a8b3208e5475dd11db9151270fb200f690ae0d009",
    "neutral with y = p + 1, eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
        + "0a0403c78756704394a791302d07acbdf846e02e6371010b73f9c021313bde01",
    "1 times the point of order 8, 26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"
        + "9c9934141e47f875e3e839a617afc33b742b807c24040fcb899c123dc1987901",
    "2 times the point of order 8, 0000000000000000000000000000000000000000000000000000000000000000"
        + "88b1e9b4373807e6e9cf4f4ad4247448be233d6d240a9e4899aa6bc22d93dd03",
    "3 times the point of order 8, c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
        + "cca5c0159b890822aa8f6ad74990de9393e3036603fe9591d9850310e8abb105",
    "4 times the point of order 8, ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
        + "fa9f7624aca694623f02d86feb1efd98b11f597197bcd2e64573659db7177e0b",
    "5 times the point of order 8, c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
        + "2e558b3d24e5d824a9d8a8bf36c7f9b875b07a9cf9020879410e89c0a2e4eb05",
    "6 times the point of order 8, 0000000000000000000000000000000000000000000000000000000000000080"
        + "03cd25ed2e2d578fb66fbc336e64391906a2bd639cec1fe069d6d60474ddd40c",
    "7 times the point of order 8, 26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85"
        + "bcecf340ba683260006969993af13d2ed5d23961ad5ab7ebaf6f67cc27fe830d"
  })
  default void verify_rOfSmallOrder_throws(String name, String signature) {
    assertFalse(accepts(KEY, MESSAGE, signature), name);
  }

  @ParameterizedTest(name = "S = {0}")
  @CsvSource({
    "S + L, f52db7415978abc61b2c2eb6aeebfca0387b2eaeb4302aeeb00d291612bb0c10",
    "L, edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010",
    "all ones, ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
  })
  default void verify_sNotBelowTheOrder_throws(String name, String s) {
    assertFalse(accepts(KEY, MESSAGE, SIGNATURE.substring(0, 64) + s), name);
  }

  /** The eight of small order, some of mixed order, oversized y, and a y that is on no point. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "2ad7189ff2c500908ea7f468279fccdfdcb78ae4164feed7c5535bdc99531ca6",
        "b0bfe83c17bc76a56d48f558b2e481436367d330d13b69733f32aa0ed50b99f3",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0200000000000000000000000000000000000000000000000000000000000000"
      })
  default void isSound_weakOrMalformedKey_isFalse(String key) {
    assertFalse(verifier().isSound(IdentityKey.copyOf(bytes(key))));
  }

  @Test
  default void verify_wycheproof_givesTheirVerdicts() {
    List<String> wrong =
        Vectors.json("wycheproof/ed25519_test.json")
            .get("testGroups")
            .items()
            .flatMap(group ->
                group
                    .get("tests")
                    .items()
                    .filter(test ->
                        acceptsAnyLength(
                                group.get("publicKey").hex("pk"), test.hex("msg"), test.hex("sig"))
                            != test.text("result").equals("valid"))
                    .map(test -> test.text("tcId")))
            .toList();

    assertEquals(List.of(), wrong);
  }

  @Test
  default void verify_speccheck_refusesKeyOrSignature() {
    List<Json> accepted =
        Vectors.json("ed25519-speccheck/cases.json")
            .items()
            .filter(test ->
                acceptsAnyLength(test.hex("pub_key"), test.hex("message"), test.hex("signature")))
            .toList();

    assertEquals(List.of(), accepted);
  }

  @Test
  default void verify_knownAnswers_passesAndRefusesAnotherMessage() {
    List<Integer> wrong = new ArrayList<>();

    List<String> lines = Vectors.linesOfGzip("ed25519-kat/sign.input.txt.gz");
    for (int line = 0; line < lines.size(); line++) {
      String[] fields = lines.get(line).split(":", -1);
      String signature = fields[3].substring(0, 2 * Signature.LENGTH);
      if (!accepts(fields[1], fields[2], signature)
          || accepts(fields[1], fields[2] + "00", signature)) {
        wrong.add(line + 1);
      }
    }

    assertEquals(List.of(), wrong);
  }

  private boolean acceptsAnyLength(byte[] key, byte[] message, byte[] signature) {
    return signature.length == Signature.LENGTH && accepts(key, message, signature);
  }

  private boolean accepts(String key, String message, String signature) {
    return accepts(bytes(key), bytes(message), bytes(signature));
  }

  private boolean accepts(byte[] key, byte[] message, byte[] signature) {
    IdentityKey identity = IdentityKey.copyOf(key);
    try {
      verifier().verify(identity, message, Signature.copyOf(signature));
      return verifier().isSound(identity);
    } catch (SignatureException e) {
      return false;
    }
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
