package org.securechat.http.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.request.RequestContext;
import org.securechat.domain.request.RequestLine;
import org.securechat.domain.request.SignedRequest;

class EnvelopeReaderTest {
  private static final RequestLine LINE = new RequestLine("POST", "/api/me");

  @Test
  void read_envelope_signsReceivedCharacters() {
    SignedBody body =
        read(
            """
            { "timestamp" : 1737302400, "d\\u0061ta" :
            {"a b": " \\u00e4\\/ \\"  } ", "n": [ 1.0e+5 , null ] }, "signature":"ab"}
            """);

    assertEquals(
        digest("{\"a b\":\" \\u00e4\\/ \\\"  } \",\"n\":[1.0e+5,null]}", "1737302400"),
        SignedRequest.of(body.envelope(), LINE).digest());
    assertEquals("ab", body.envelope().signature());
    assertEquals(Optional.of(" ä/ \"  } "), body.data().string("a b"));
  }

  @Test
  void read_partOfArray_leavesTheRest() {
    byte[] bytes = "}{{\"data\":{\"in\":{\"x\":7}},\"timestamp\":1}]".getBytes(UTF_8);

    SignedBody body = EnvelopeReader.read(bytes, 2, bytes.length - 1);

    assertEquals(Optional.of(7L), body.data().object("in").flatMap(in -> in.integer("x")));
    assertEquals(
        digest("{\"in\":{\"x\":7}}", "1"),
        SignedRequest.of(
                read("{\"signature\":\"\",\"data\":{\"in\":{\"x\":7}},\"timestamp\":1}").envelope(),
                LINE)
            .digest());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"data\":null,\"signature\":null,\"timestamp\":null}"})
  void read_absentOrNullMembers_areNull(String text) {
    SignedBody body = read(text);

    assertNull(body.envelope().data());
    assertNull(body.envelope().signature());
    assertNull(body.envelope().timestamp());
    assertNull(body.envelope().context());
    assertTrue(body.data().names().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1,{}]", "\"{}\"", "5", "true"})
  void read_dataOfAnotherType_isNone(String value) {
    assertNull(read("{\"data\":" + value + "}").envelope().data());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"17\"", "1.0", "1e3", "-1", "true", "{}", "[17]", "[]", "\"\""})
  void read_timestampOfAnotherType_isNoDigits(String value) {
    String timestamp = read("{\"timestamp\":" + value + "}").envelope().timestamp();

    assertFalse(Objects.requireNonNull(timestamp).matches("[0-9]+"), timestamp);
  }

  @Test
  void read_hugeTimestamp_isItsDigits() {
    String digits = "9".repeat(100_000);

    assertEquals(digits, read("{\"timestamp\":" + digits + "}").envelope().timestamp());
  }

  @Test
  void read_signatureOfAnotherType_looksLikeNone() {
    for (String value : List.of("1".repeat(128), "true", "{}", "[\"a\"]")) {
      String signature = read("{\"signature\":" + value + "}").envelope().signature();

      assertEquals(Optional.empty(), Signature.parseHex(Objects.requireNonNull(signature)));
    }
  }

  @Test
  void read_context_keepsItsStrings() {
    assertEquals(
        new RequestContext("GET", "/a", "00"),
        context("{\"method\":\"GET\",\"path\":\"\\/a\",\"nonce\":\"00\",\"more\":1}"));
    assertEquals(new RequestContext(null, "/a", null), context("{\"path\":\"/a\",\"nonce\":7}"));
    assertEquals(new RequestContext(null, null, null), context("{}"));
    assertEquals(new RequestContext(null, null, null), context("[]"));
    assertEquals(new RequestContext(null, null, null), context("\"x\""));
    assertNull(context("null"));
    assertNull(read("{\"data\":{\"a\":{\"_ctx\":{}}}}").envelope().context());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "\"a\"",
        "{\"other\":1}",
        "{\"data\":{},\"data\":{}}",
        "{\"data\":{},\"d\\u0061ta\":{}}",
        "{\"data\":{\"a\":1,\"a\":1}}",
        "{\"data\":{\"a\":[{\"b\":1,\"c\":2,\"\\u0062\":1}]}}",
        "{\"data\":{\"a\":1,}}",
        "{\"data\":{\"a\":[1,]}}",
        "{\"data\":{}},",
        "{\"data\":{}}}",
        "{\"data\":{}} 1",
        "{\"data\":{}}{}",
        "{\"data\":{/**/}}",
        "{\"data\":{\"a\":NaN}}",
        "{\"data\":{\"a\":+1}}",
        "{\"data\":{\"a\":'1'}}",
        "{\"data\":{\"a\":\"\\ud800\"}}",
        "{\"data\":{\"a\":\"\\udc00\\ud800\"}}",
        "{\"data\":{\"a\":\"\\ud800\\u0041\"}}",
        "{\"data\":{\"a\":\"\\ud800\\ud800\"}}",
        "{\"data\":{\"\\ud83d\":1}}",
        "{\"data\":{\"a\":\"\t\"}}",
        "{\"data\":{\"a\":\"\u0000\"}}",
        "{\"data\":{}}\u0000",
        "\ufeff{\"data\":{}}",
        "{\ufeff\"data\":{}}",
        "{\u00a0\"data\":{}}",
        "{\"data\":{\"a\":\"\\u004",
        "{\"data\":{\"a\":\"\\u00é1\"}}"
      })
  void read_malformed_isRefused(String text) {
    assertThrows(MalformedJsonException.class, () -> read(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00c0\u0080", // overlong NUL
        "\u00c1\u0081",
        "\u00e0\u0080\u00af",
        "\u00e0\u009f\u00bf",
        "\u00f0\u008f\u00bf\u00bf",
        "\u00ed\u00a0\u0080", // a surrogate
        "\u00ed\u00bf\u00bf",
        "\u00f4\u0090\u0080\u0080", // above U+10FFFF
        "\u00f5\u0080\u0080\u0080",
        "\u0080",
        "\u00ff",
        "\u00fe",
        "\u00c3",
        "\u00c3(",
        "\u00e2\u0082",
        "\u00f0\u009f\u0092"
      })
  void read_badUtf8_isRefused(String bytes) {
    byte[] body = ("{\"data\":{\"a\":\"" + bytes + "\"}}").getBytes(ISO_8859_1);

    assertThrows(MalformedJsonException.class, () -> EnvelopeReader.read(body, 0, body.length));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0080",
        "\u07ff",
        "\u0800",
        "\ud7ff",
        "\ue000",
        "\uffff",
        "\ufeff",
        "𐀀",
        "\udbff\udfff"
      })
  void read_edgesOfUtf8_areKept(String text) {
    assertEquals(Optional.of(text), read("{\"data\":{\"a\":\"" + text + "\"}}").data().string("a"));
  }

  @Test
  void read_escapedPairAndNul_areDecoded() {
    assertEquals(
        Optional.of("\ud83d\ude00\0"),
        read("{\"data\":{\"a\":\"\\uD83d\\udE00\\u0000\"}}").data().string("a"));
  }

  @Test
  void read_atAndOverTheDepth_isReadAndRefused() {
    int belowData = JsonText.MAX_DEPTH - 2;

    assertTrue(read(nested(belowData)).data().has("a"));
    assertThrows(MalformedJsonException.class, () -> read(nested(belowData + 1)));
    assertThrows(MalformedJsonException.class, () -> read(nested(1_000_000)));
    assertThrows(MalformedJsonException.class, () -> read("[".repeat(1_000_000)));
  }

  @Test
  void read_largeParts_areNoLimitHere() {
    String name = "n".repeat(200_000);
    String number = "-" + "1".repeat(200_000) + "e" + "9".repeat(10_000);

    JsonObject data = read("{\"data\":{\"" + name + "\":" + number + "}}").data();

    assertTrue(data.has(name));
    assertThrows(InvalidValueException.class, () -> data.integer(name));
  }

  @Test
  void read_manyNamesWithOneHash_isReadOrRefused() {
    StringBuilder text = new StringBuilder("{\"data\":{");
    for (int i = 0; i < 1 << 14; i++) {
      text.append(i == 0 ? "\"" : ",\"");
      for (int bit = 0; bit < 14; bit++) {
        text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      text.append("\":1");
    }
    String body = text.append("}}").toString();

    try {
      assertEquals(1 << 14, read(body).data().names().size());
    } catch (MalformedJsonException e) {
      assertEquals("Malformed JSON", e.getMessage());
    }
  }

  @Test
  void readHeader_ascii_isRead() {
    assertEquals(
        Optional.of("é"),
        EnvelopeReader.readHeader("{\"data\":{\"a\":\"\\u00e9\"}}").data().string("a"));
  }

  @Test
  void readHeader_anyOtherCharacter_isRefused() {
    assertThrows(
        MalformedJsonException.class, () -> EnvelopeReader.readHeader("{\"data\":{\"a\":\"é\"}}"));
    assertThrows(
        MalformedJsonException.class,
        () -> EnvelopeReader.readHeader("{\"data\":{\"a\":\"\u4122\"}}"));
    assertThrows(MalformedJsonException.class, () -> EnvelopeReader.readHeader(""));
  }

  @Test
  void readObject_bareObject_isItsMembers() {
    byte[] body = " {\"username\":\"ann\",\"x\":null} ".getBytes(UTF_8);

    JsonObject object = EnvelopeReader.readObject(body, 0, body.length);

    assertEquals(Optional.of("ann"), object.string("username"));
    assertFalse(object.has("x"));
    assertEquals("JsonObject[username, x]", object.toString());
  }

  private static @Nullable RequestContext context(String value) {
    return read("{\"data\":{\"_ctx\":" + value + "}}").envelope().context();
  }

  private static String nested(int depth) {
    return "{\"data\":{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}}";
  }

  private static SignedBody read(String text) {
    byte[] body = text.getBytes(UTF_8);
    return EnvelopeReader.read(body, 0, body.length);
  }

  private static Sha256 digest(String data, String timestamp) {
    return Sha256.of(("{\"data\":" + data + ",\"timestamp\":" + timestamp + "}").getBytes(UTF_8));
  }
}
