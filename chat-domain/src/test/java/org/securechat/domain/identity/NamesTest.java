package org.securechat.domain.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.rejection.InvalidValueException;

class NamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "Alice_B.c-9", "123456789012345678901234", "...", "-", ".a"})
  void username_inForm_isKeptAsWritten(String name) {
    assertEquals(name, new Username(name).value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "1234567890123456789012345",
        "a b",
        "a\n",
        "ä",
        "a/b",
        "а",
        "a\u200b"
      })
  void username_outOfForm_isInvalid(String name) {
    assertThrows(InvalidValueException.class, () -> new Username(name));
  }

  @Test
  void username_canonical_ignoresCase() {
    assertEquals(new Username("alICE").canonical(), new Username("Alice").canonical());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@b",
        "alice@example.org",
        "first.last+tag@sub.example.org",
        "o'neill@example.org",
        "ünïcode@exämple.org"
      })
  void email_inForm_isKeptAsWritten(String email) {
    assertEquals(email, new EmailAddress(email).value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "alice",
        "@example.org",
        "alice@",
        "a@b@c",
        "a b@example.org",
        "a@example..org",
        "a@.org",
        "a@example.org.",
        "a\n@example.org",
        "a@example.org\n",
        "a\u0000@example.org",
        "a\u202e@example.org",
        "<a@example.org>",
        "a@exa mple.org"
      })
  void email_outOfForm_isInvalid(String email) {
    assertThrows(InvalidValueException.class, () -> new EmailAddress(email));
  }

  @Test
  void email_atTheLimitAndAbove_isBounded() {
    String longest = "a".repeat(254 - "@example.org".length()) + "@example.org";

    assertEquals(longest, new EmailAddress(longest).value());
    assertThrows(InvalidValueException.class, () -> new EmailAddress("a" + longest));
  }

  @ParameterizedTest
  @CsvSource({
    "Alice@Example.ORG, alice@example.org",
    "u\u0308@example.org, \u00fc@example.org",
    "\u039f\u0394\u039f\u03a3@x, \u03bf\u03b4\u03bf\u03c2@x"
  })
  void email_canonical_ignoresCaseAndForm(String one, String other) {
    assertEquals(new EmailAddress(one).canonical(), new EmailAddress(other).canonical());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, UserId.MAX + 1, Long.MIN_VALUE})
  void userId_outOfRange_isInvalid(long value) {
    assertThrows(InvalidValueException.class, () -> new UserId(value));
  }

  @Test
  void userId_random_takesTheLowerBitsAndNeverZero() {
    byte[][] draws = {
      new byte[8],
      HexFormat.of().parseHex("ffe0000000000000"),
      HexFormat.of().parseHex("ffffffffffffffff")
    };
    int[] next = {0};

    assertEquals(new UserId(UserId.MAX), UserId.random(count -> draws[next[0]++]));
  }

  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 1",
    "ffe0000000000000, 1",
    "0000000000000001, 1",
    "0000000000000002, 2",
    "001fffffffffffff, 9007199254740991",
    "ffffffffffffffff, 9007199254740991"
  })
  void userId_drawn_takesTheLowerBitsAndNeverZero(String first, long expected) {
    Sha256 hash = Sha256.copyOf(HexFormat.of().parseHex(first + "ff".repeat(24)));

    assertEquals(new UserId(expected), UserId.drawn(hash));
  }

  @ParameterizedTest
  @CsvSource({"AAE=, 0001", "AAE, 0001", "'', ''", "AAEC, 000102", "+/8=, fbff"})
  void base64_paddingOptional_isRead(String text, String hex) {
    assertArrayEquals(HexFormat.of().parseHex(hex), Base64Text.decode(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"A", "AAF=", "AA E=", "AAE=\n", "-_8=", "AAE==", "A=AE", "=", "AAECAA=", "ä"})
  void base64_anyOtherText_isInvalid(String text) {
    assertThrows(InvalidValueException.class, () -> Base64Text.decode(text));
  }

  @Test
  void signature_eitherCase_isRead() {
    String hex = "aB".repeat(64);

    assertEquals(hex.toLowerCase(Locale.ROOT), Signature.parseHex(hex).orElseThrow().toHex());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "zz"})
  void signature_otherText_isEmpty(String unit) {
    assertEquals(Optional.empty(), Signature.parseHex(unit.repeat(63)));
    assertEquals(Optional.empty(), Signature.parseHex("zz".repeat(64)));
    assertThrows(InvalidValueException.class, () -> Signature.copyOf(new byte[63]));
    assertThrows(InvalidValueException.class, () -> Sha256.copyOf(new byte[31]));
  }
}
