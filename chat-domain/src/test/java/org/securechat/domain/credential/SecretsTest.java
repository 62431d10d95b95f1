package org.securechat.domain.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.account.RegistrationBegun;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.request.Envelope;
import org.securechat.domain.session.SessionToken;

class SecretsTest {
  private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  private static final SessionToken TOKEN = SessionToken.random(byte[]::new);

  static Stream<Object> secrets() {
    return Stream.of(
        PasswordHash.presented(SECRET),
        new PasswordVerifier(SECRET),
        TotpSecret.parse(SECRET),
        TotpCode.parse("123456"),
        SealedSecret.copyOf(SECRET.getBytes(StandardCharsets.US_ASCII)),
        RecoveryCode.draw(byte[]::new).get(0),
        TOKEN,
        new RegistrationBegun(TOKEN, TotpSecret.parse(SECRET), "otpauth://" + SECRET),
        Envelope.DataText.wrap(SECRET.getBytes(StandardCharsets.US_ASCII)));
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void toString_ofASecret_hidesIt(Object secret) {
    String text = secret.toString();

    assertFalse(text.contains(SECRET), text);
    assertFalse(text.contains("123456"), text);
    assertFalse(text.contains("0000-"), text);
    assertFalse(text.contains(TOKEN.secretText()), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0123456789abcdefABCDEF0123456789abcdefABCDEF0123456789abcdefABCD",
        "$argon2id$v=19$m=16384,t=2,p=1$c2FsdA$aGFzaA"
      })
  void passwordHash_inForm_isTaken(String text) {
    PasswordHash.parse(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "abc", "$argon2i$v=19$x", "$argon2id$", "$argon2id$a b", "$argon2id$\n"})
  void passwordHash_outOfForm_isInvalid(String text) {
    assertThrows(InvalidValueException.class, () -> PasswordHash.parse(text));
  }

  @Test
  void passwordHash_phcAtTheLimitAndAbove_isBounded() {
    String longest = "$argon2id$" + "x".repeat(256 - "$argon2id$".length());

    PasswordHash.parse(longest);
    assertThrows(InvalidValueException.class, () -> PasswordHash.parse(longest + "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12345", "1234567", "12345a", "１２３４５６", " 12345", "123456\n"})
  void totpCode_otherThanSixDigits_isInvalid(String text) {
    assertThrows(InvalidValueException.class, () -> TotpCode.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gezdgnbvgy3tqojqgezdgnbvgy3tqojq", "GEZDGNBVGY3TQOJQ", "1"})
  void totpSecret_outOfForm_isInvalid(String text) {
    assertThrows(InvalidValueException.class, () -> TotpSecret.parse(text));
  }

  @Test
  void totpStep_at_countsPeriods() {
    assertEquals(new TotpStep(0), TotpStep.at(Instant.EPOCH.plusSeconds(29)));
    assertEquals(new TotpStep(1), TotpStep.at(Instant.EPOCH.plusSeconds(30)));
    assertEquals(new TotpStep(-1), TotpStep.at(Instant.EPOCH.minusSeconds(1)));
    assertEquals(new TotpStep(3), new TotpStep(1).plus(2));
  }

  @Test
  void recoveryCode_hash_dependsOnTheUser() {
    List<RecoveryCode> codes = RecoveryCode.draw(byte[]::new);

    assertEquals("0000-0000-0000-0000", codes.get(0).secretText());
    assertNotEquals(codes.get(0).hashFor(new UserId(1)), codes.get(0).hashFor(new UserId(2)));
    assertEquals(codes.get(0).hashFor(new UserId(1)), codes.get(1).hashFor(new UserId(1)));
  }

  @Test
  void sessionToken_text_isReadBack() {
    assertEquals(TOKEN.hash(), SessionToken.parse(TOKEN.secretText()).orElseThrow().hash());
    assertTrue(SessionToken.parse("").isEmpty());
    assertTrue(SessionToken.parse(TOKEN.secretText() + "A").isEmpty());
    assertTrue(SessionToken.parse("=".repeat(43)).isEmpty());
  }
}
