package org.securechat.domain.account;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.rejection.InvalidValueException;

class AccountValuesTest {

  @ParameterizedTest
  @CsvSource({"16384, 2, 1", "1048576, 16, 4"})
  void kdf_atItsLimits_isTaken(int memoryKib, int iterations, int parallelism) {
    new KdfParameters(memoryKib, iterations, parallelism);
  }

  @ParameterizedTest
  @CsvSource({
    "16383, 2, 1",
    "16384, 1, 1",
    "16384, 2, 0",
    "1048577, 2, 1",
    "16384, 17, 1",
    "16384, 2, 5"
  })
  void kdf_beyondItsLimits_isInvalid(int memoryKib, int iterations, int parallelism) {
    assertThrows(
        InvalidValueException.class, () -> new KdfParameters(memoryKib, iterations, parallelism));
  }

  @Test
  void encryptedPrivateKey_atItsLimits_isBounded() {
    EncryptedPrivateKey.copyOf(new byte[16]);
    EncryptedPrivateKey.copyOf(new byte[4096]);
    assertThrows(InvalidValueException.class, () -> EncryptedPrivateKey.copyOf(new byte[15]));
    assertThrows(InvalidValueException.class, () -> EncryptedPrivateKey.copyOf(new byte[4097]));
  }

  @Test
  void encryptionIv_eitherCase_isKeptLower() {
    assertEquals("ab".repeat(12), new EncryptionIv("AB".repeat(12)).hex());
    assertEquals("ab".repeat(16), new EncryptionIv("aB".repeat(16)).hex());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 23, 25, 31, 33})
  void encryptionIv_otherLength_isInvalid(int digits) {
    assertThrows(InvalidValueException.class, () -> new EncryptionIv("a".repeat(digits)));
  }

  @Test
  void encryptionKey_signedText_namesItsPurposeAndDigest() {
    byte[] bytes = new byte[EncryptionKey.LENGTH];
    EncryptionKey key = EncryptionKey.of(bytes, Signature.copyOf(new byte[64]));

    assertArrayEquals(
        ("secure-chat/v1/encryption-key\n" + Sha256.of(bytes).toHex() + "\n")
            .getBytes(StandardCharsets.US_ASCII),
        key.signedText());
  }

  @Test
  void encryptionKey_otherLength_isInvalid() {
    assertThrows(
        InvalidValueException.class,
        () -> EncryptionKey.of(new byte[1215], Signature.copyOf(new byte[64])));
    assertThrows(
        InvalidValueException.class,
        () -> EncryptionKey.parse(Base64.getEncoder().encodeToString(new byte[1217])));
  }
}
