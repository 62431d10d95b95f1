package org.securechat.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.DataLengthException;
import org.junit.jupiter.api.Test;
import org.securechat.crypto.Vectors.Json;

class ServerSecretTest {
  private static final String TEXT = "käse and forty-two other words";

  @Test
  void keys_sameSecret_areTheDocumentedDerivations() {
    ServerSecret secret = ServerSecret.of(TEXT);

    assertEquals(derived("secure-chat/v1/server/password"), hex(secret.passwordKey()));
    assertEquals(derived("secure-chat/v1/server/sealing"), hex(secret.sealingKey()));
    assertEquals(derived("secure-chat/v1/server/names"), hex(secret.namesKey()));
  }

  /** Computed apart from this code, with Python's hmac. */
  @Test
  void passwordKey_fixedSecret_staysWhatItIs() {
    assertEquals(
        "9ec8ca61cc7f1af522e67c901540457db7e40411ba3e477dd6e798b923c9a19a",
        hex(ServerSecret.of(TEXT).passwordKey()));
  }

  @Test
  void of_emptyText_throws() {
    assertThrows(IllegalArgumentException.class, () -> ServerSecret.of(""));
  }

  @Test
  void toString_always_hidesTheSecret() {
    assertEquals("ServerSecret[secret]", ServerSecret.of(TEXT).toString());
  }

  /** RFC 5869, appendix A.1 and A.3. */
  @Test
  void derive_rfc5869_givesTheirKeys() {
    byte[] keyMaterial = HexFormat.of().parseHex("0b".repeat(22));

    assertEquals(
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        hex(
            HkdfSha256.derive(
                keyMaterial,
                HexFormat.of().parseHex("000102030405060708090a0b0c"),
                HexFormat.of().parseHex("f0f1f2f3f4f5f6f7f8f9"),
                42)));
    assertEquals(
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
        hex(HkdfSha256.derive(keyMaterial, new byte[0], new byte[0], 42)));
  }

  @Test
  void derive_wycheproof_givesTheirKeysOrThrows() {
    List<String> wrong =
        Vectors.json("wycheproof/hkdf_sha256_test.json")
            .get("testGroups")
            .items()
            .flatMap(group -> group.get("tests").items())
            .filter(test -> derivesAsTold(test) != test.text("result").equals("valid"))
            .map(test -> test.text("tcId"))
            .toList();

    assertEquals(List.of(), wrong);
  }

  private static boolean derivesAsTold(Json test) {
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

  private static String derived(String info) {
    return hex(
        HkdfSha256.derive(
            TEXT.getBytes(StandardCharsets.UTF_8),
            new byte[0],
            info.getBytes(StandardCharsets.US_ASCII),
            32));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
