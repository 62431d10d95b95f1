package org.securechat.domain.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.account.RegistrationBegun;
import org.securechat.domain.account.ResetBegun;
import org.securechat.domain.identity.BearerToken;
import org.securechat.domain.identity.Sha256;
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
        BearerToken.parse(TOKEN.secretText()).orElseThrow(),
        LoginTicket.presented(TOKEN.secretText()),
        new ResetBegun(TotpSecret.parse(SECRET), "otpauth://" + SECRET),
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01ab-cdef-gh1j-km0p",
        "01AB-CDEF-GH1J-KM0P",
        "01abcdefgh1jkm0p",
        " 01ab cdef\tgh1j km0p\n",
        "01ab--cd-efgh1jkm0p-",
        "0lab-cdef-ghij-kmop",
        "OLAB-CDEF-GHIJ-KMOP",
        "oIab-cdef-ghLj-kmOp"
      })
  void recoveryCode_asSomebodyTypesIt_isTheSame(String typed) {
    assertEquals("01ab-cdef-gh1j-km0p", RecoveryCode.presented(typed).secretText());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "----", "01ab-cdef-gh1j-km0", "01ab-cdef-gh1j-km0pq", "nonsense", "\ud800"})
  void recoveryCode_ofAnotherLength_isNobodys(String typed) {
    assertEquals(typed, RecoveryCode.presented(typed).secretText());
  }

  @Test
  void recoveryCode_drawn_isReadBack() {
    RecoveryCode drawn = RecoveryCode.draw(byte[]::new).get(0);

    assertEquals(
        drawn.hashFor(new UserId(1)),
        RecoveryCode.presented(drawn.secretText()).hashFor(new UserId(1)));
  }

  @Test
  void loginTicket_text_isReadBack() {
    LoginTicket ticket = LoginTicket.random(byte[]::new);

    assertEquals("A".repeat(43), ticket.secretText());
    assertEquals(ticket.hash(), LoginTicket.presented(ticket.secretText()).hash());
    assertNotEquals(ticket.hash(), LoginTicket.presented(ticket.secretText() + "A").hash());
    assertNotEquals(ticket.hash(), LoginTicket.presented("").hash());
    assertEquals(Duration.ofMinutes(2), LoginTicket.LIFETIME);
  }

  @Test
  void bearerToken_text_isReadBack() {
    BearerToken token = BearerToken.random(byte[]::new);

    assertEquals("A".repeat(43), token.secretText());
    assertEquals(token.hash(), BearerToken.parse(token.secretText()).orElseThrow().hash());
    assertEquals(Sha256.of("A".repeat(43).getBytes(StandardCharsets.US_ASCII)), token.hash());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 42, 44})
  void bearerToken_ofAnotherLength_isNone(int length) {
    assertTrue(BearerToken.parse("A".repeat(length)).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"=", "+", "/", " ", "\n", "ä"})
  void bearerToken_withAnotherCharacter_isNone(String character) {
    assertTrue(BearerToken.parse("A".repeat(42) + character).isEmpty());
  }

  @Test
  void closingSettings_unknownName_areAnAccountsForAWeek() {
    CredentialSettings settings = CredentialSettings.defaults();
    AttemptRule.Closing closing = Objects.requireNonNull(settings.unknownName().closing());

    assertEquals(settings.unsignedAccount().limit(), settings.unknownName().limit());
    assertEquals(settings.unsignedAccount().block(), settings.unknownName().block());
    assertEquals(new AttemptRule.Closing(100, Duration.ofDays(7)), closing);
    assertEquals(Duration.ofDays(7), settings.memory(AttemptCounter.Kind.UNKNOWN_NAME));
  }

  /** Whose addresses they are is forgotten as soon as they count for nothing. */
  @Test
  void memory_ofAddresses_isNoLongerThanTheyCount() {
    CredentialSettings settings = CredentialSettings.defaults();

    assertEquals(Duration.ofMinutes(75), settings.memory(AttemptCounter.Kind.ADDRESS));
    assertEquals(Duration.ofHours(1), settings.memory(AttemptCounter.Kind.REGISTRATION));
  }
}
