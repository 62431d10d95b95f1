package org.securechat.domain.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.rejection.InvalidValueException;

class IdentityKeyTest {
  private static final String BASE64 =
      "MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=";
  private static final String PEM =
      "-----BEGIN PUBLIC KEY-----\n" + BASE64 + "\n-----END PUBLIC KEY-----";
  private static final IdentityKey KEY =
      IdentityKey.copyOf(
          HexFormat.of()
              .parseHex("26b40b8f93fff3d897112f7ebc582b232dbd72517d082fe83cfb30ddce43d1bb"));

  @Test
  void parsePem_originalForm_isReadAndWrittenAlike() {
    assertEquals(KEY, IdentityKey.parsePem(PEM));
    assertEquals(PEM, KEY.toPem());
  }

  @Test
  void parsePem_otherLineBreaks_areFree() {
    assertEquals(KEY, IdentityKey.parsePem(PEM + "\n"));
    assertEquals(KEY, IdentityKey.parsePem(PEM.replace("\n", "\r\n")));
    assertEquals(KEY, IdentityKey.parsePem(PEM.replace("\n", "")));
    assertEquals(KEY, IdentityKey.parsePem(PEM.replace("7ebc", "7e\nbc").replace("=", "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
        BASE64,
        " " + PEM,
        "x" + PEM,
        "-----BEGIN PUBLIC KEY-----\n" + BASE64 + " \n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\n" + BASE64 + "AAAA\n-----END PUBLIC KEY-----",
        "-----BEGIN EC KEY-----\n" + BASE64 + "\n-----END EC KEY-----"
      })
  void parsePem_anyOtherText_isInvalid(String pem) {
    assertThrows(InvalidValueException.class, () -> IdentityKey.parsePem(pem));
  }

  /** Another algorithm (X25519), a shorter key, bits after the last byte, the bare key. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "MCowBQYDK2VuAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=",
        "MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D",
        "MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bt=",
        "JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs="
      })
  void parsePem_otherContent_isInvalid(String base64) {
    assertThrows(
        InvalidValueException.class, () -> IdentityKey.parsePem(PEM.replace(BASE64, base64)));
  }

  @Test
  void parsePem_longerThanAnyKey_isInvalid() {
    String stretched = PEM + "\n".repeat(256 - PEM.length());

    assertEquals(KEY, IdentityKey.parsePem(stretched));
    assertThrows(InvalidValueException.class, () -> IdentityKey.parsePem(stretched + "\n"));
  }

  @Test
  void copyOf_otherLength_isInvalid() {
    assertThrows(InvalidValueException.class, () -> IdentityKey.copyOf(new byte[31]));
    assertThrows(InvalidValueException.class, () -> IdentityKey.copyOf(new byte[33]));
  }

  @Test
  void toByteArray_changed_leavesTheKeyAlone() {
    KEY.toByteArray()[0] = 0;

    assertEquals(PEM, KEY.toPem());
  }
}
