package org.securechat.http.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.request.RequestLine;
import org.securechat.testkit.memory.JdkSignatureVerifier;

class SignatureBaseTest {
  /** The request of RFC 9421, appendix B.2. */
  private static final Map<String, List<String>> FIELDS =
      Map.of(
          "host", List.of("example.com"),
          "date", List.of("Tue, 20 Apr 2021 02:07:55 GMT"),
          "content-type", List.of("application/json"),
          "content-length", List.of("18"));

  private static SignedMessage message(
      String target, String scheme, Map<String, List<String>> fields) {
    return new SignedMessage(
        new RequestLine("POST", target),
        scheme,
        name -> fields.getOrDefault(name, List.of()),
        Optional.empty());
  }

  private static Optional<String> firstLine(String component, SignedMessage message) {
    return SignatureBase.of(List.of(component), "()", message)
        .map(base -> base.substring(0, base.indexOf("\n\"@signature-params\": ()")));
  }

  @Test
  void of_exampleOfTheRfc_isItsBaseAndVerifies() throws SignatureException {
    List<String> components =
        List.of("date", "@method", "@path", "@authority", "content-type", "content-length");
    String parameters =
        "(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")"
            + ";created=1618884473;keyid=\"test-key-ed25519\"";
    String expected =
        """
        "date": Tue, 20 Apr 2021 02:07:55 GMT
        "@method": POST
        "@path": /foo
        "@authority": example.com
        "content-type": application/json
        "content-length": 18
        "@signature-params": %s\
        """
            .formatted(parameters);

    String base =
        SignatureBase.of(
                components, parameters, message("/foo?param=Value&Pet=dog", "https", FIELDS))
            .orElseThrow();

    assertEquals(expected, base);
    new JdkSignatureVerifier()
        .verify(
            IdentityKey.parsePem(
                "-----BEGIN PUBLIC KEY-----"
                    + "MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs="
                    + "-----END PUBLIC KEY-----"),
            base.getBytes(StandardCharsets.US_ASCII),
            Signature.copyOf(
                Base64.getDecoder()
                    .decode(
                        "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lI"
                            + "p5WPpBKRCw==")));
  }

  @ParameterizedTest
  @CsvSource({
    "https, example.com, example.com",
    "https, EXAMPLE.com:443, example.com",
    "https, example.com:80, example.com:80",
    "http, example.com:80, example.com",
    "http, example.com:443, example.com:443",
    "http, example.com:, example.com",
    "http, example.com:8080, example.com:8080",
    "http, [2001:DB8::443]:80, [2001:db8::443]",
    "https, [2001:db8::1], [2001:db8::1]"
  })
  void of_authority_isNormalised(String scheme, String host, String authority) {
    SignedMessage message = message("/", scheme, Map.of("host", List.of(host)));

    assertEquals(Optional.of("\"@authority\": " + authority), firstLine("@authority", message));
  }

  @ParameterizedTest
  @CsvSource({"/a?b=c%20d?e, /a, ?b=c%20d?e", "/a?, /a, ?", "/%7Ea/?x, /%7Ea/, ?x"})
  void of_target_isSplitAtTheFirstMarkAndNotDecoded(String target, String path, String query) {
    SignedMessage message = message(target, "http", Map.of());

    assertEquals(Optional.of("\"@path\": " + path), firstLine("@path", message));
    assertEquals(Optional.of("\"@query\": " + query), firstLine("@query", message));
  }

  @Test
  void of_fieldInSeveralLines_isJoined() {
    SignedMessage message = message("/", "http", Map.of("x", List.of(" a ", "", "b,c\t")));

    assertEquals(Optional.of("\"x\": a, , b,c"), firstLine("x", message));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@query",
        "@scheme",
        "@target-uri",
        "@request-target",
        "@status",
        "@query-param",
        "@signature-params",
        "@",
        "Date",
        "missing",
        "a b",
        "",
        "x\"",
        "x\ny"
      })
  void of_whatTheMessageHasNot_isNone(String component) {
    Map<String, List<String>> fields =
        Map.of("Date", List.of("x"), "", List.of("x"), "a b", List.of("x"), "x\"", List.of("x"));

    assertTrue(firstLine(component, message("/", "http", fields)).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00e9", "a\nb", "a\tb", "\u007f", "\u0000"})
  void of_valueThatIsNoPrintableAscii_isNone(String value) {
    assertTrue(firstLine("x", message("/", "http", Map.of("x", List.of(value)))).isEmpty());
  }
}
