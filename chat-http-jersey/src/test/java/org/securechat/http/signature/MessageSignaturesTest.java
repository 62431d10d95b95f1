package org.securechat.http.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.ChatPorts;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.request.Once;
import org.securechat.domain.request.RequestLine;
import org.securechat.domain.request.RequestSettings;
import org.securechat.domain.request.SignatureRule;
import org.securechat.domain.request.SignedRequest;
import org.securechat.domain.request.VerifySignedRequest;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.TestUser;
import org.securechat.testkit.memory.InMemoryChat;

/** The profile, each rule by a client that does everything else right. */
class MessageSignaturesTest {
  private static final String BODY = "{\"a\":1}";
  private static final String COMPONENTS = "\"@method\" \"@path\" \"content-digest\"";

  private final TestClock clock = TestClock.atNoon();
  private final TestUser alice = TestUser.named("alice");
  private final ChatPorts ports = InMemoryChat.ports(clock);
  private final VerifySignedRequest verify =
      new VerifySignedRequest(
          ports.signatures(), ports.stores().replays(), RequestSettings.defaults(), clock);

  private final Map<String, List<String>> fields = new HashMap<>();
  private String base = "";
  private String target = "/api/me";
  private Optional<String> body = Optional.of(BODY);

  private String parameters() {
    return alice.messageParameters(clock.instant());
  }

  private SignedRequest request() {
    return MessageSignatures.read(
        new SignedMessage(
            new RequestLine("POST", target),
            "http",
            name -> fields.getOrDefault(name, List.of()),
            body.map(text -> Sha256.of(text.getBytes(StandardCharsets.UTF_8)))));
  }

  /** Fills in the fields of somebody who signs what they say they sign. */
  private void sign(String components, String parameters) {
    fields.putIfAbsent("content-digest", List.of(TestUser.contentDigest(BODY)));
    StringBuilder lines = new StringBuilder();
    for (String component : components.split(" ", -1)) {
      if (!component.isEmpty()) {
        lines.append(component).append(": ").append(valueOf(component)).append('\n');
      }
    }
    String input = "(" + components + ")" + parameters;
    base = lines + "\"@signature-params\": " + input;
    fields.put("signature-input", List.of("sig1=" + input));
    fields.put("signature", List.of(alice.signatureField(base)));
  }

  private String field(String name) {
    return fields.getOrDefault(name, List.of()).get(0);
  }

  private String valueOf(String component) {
    int mark = target.indexOf('?');
    return switch (component) {
      case "\"@method\"" -> "POST";
      case "\"@path\"" -> mark < 0 ? target : target.substring(0, mark);
      case "\"@query\"" -> mark < 0 ? "?" : target.substring(mark);
      default -> {
        String name = component.replaceAll("[\"]|;.*", "");
        yield String.join(", ", fields.getOrDefault(name, List.of("")));
      }
    };
  }

  private Once verified(IdentityKey signer) {
    return verify.verify(verify.requireTimely(request()), SignatureRule.BOUND_REPEATABLE, signer);
  }

  private void assertVerifies() {
    assertEquals(request().digest(), verified(alice.identityKey()).digest());
  }

  private void assertRefused(String code) {
    RejectedException e =
        assertThrows(RejectedException.class, () -> verified(alice.identityKey()));
    assertEquals(code, e.reason().code());
  }

  private void assertInvalid() {
    assertRefused("invalid_signature");
  }

  @Test
  void read_minimalCoverage_verifies() {
    sign(COMPONENTS, parameters());

    assertVerifies();
  }

  @Test
  void read_byTheTestkitsClient_verifies() {
    target = "/api/me?a=b";
    alice
        .signMessage(new RequestLine("POST", target), BODY, clock.instant())
        .forEach((name, value) -> fields.put(name.toLowerCase(Locale.ROOT), List.of(value)));

    assertVerifies();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"content-digest\" \"@path\" \"@method\"",
        "\"date\" \"@method\" \"@path\" \"content-digest\" \"content-type\"",
        "\"@method\" \"@path\" \"content-digest\" \"x-two-lines\""
      })
  void read_otherOrderOrMoreFields_verifies(String components) {
    fields.put("date", List.of("Mon, 19 Jan 2026 12:00:00 GMT"));
    fields.put("content-type", List.of("application/json"));
    fields.put("x-two-lines", List.of("a", "b"));
    sign(components, parameters());

    assertVerifies();
  }

  @Test
  void read_withoutBody_coversNoDigest() {
    body = Optional.empty();
    sign("\"@method\" \"@path\"", parameters());
    assertVerifies();

    sign(COMPONENTS, parameters());
    assertInvalid();
  }

  @Test
  void read_query_isCoveredExactlyWhereThereIsOne() {
    sign("\"@method\" \"@path\" \"@query\" \"content-digest\"", parameters());
    assertInvalid();

    for (String withQuery : List.of("/api/me?", "/api/me?a=b&c=%20")) {
      target = withQuery;
      sign(COMPONENTS, parameters());
      assertInvalid();
      sign("\"@method\" \"@path\" \"@query\" \"content-digest\"", parameters());
      assertVerifies();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"@method\"",
        "\"@path\" \"content-digest\"",
        "\"@method\" \"content-digest\"",
        "\"@method\" \"@path\"",
        "\"@method\" \"@path\" \"content-digest\" \"@path\"",
        "\"@method\" \"@path\" \"content-digest\" \"date\" \"date\"",
        "\"@method\" \"@path\" \"content-digest\" \"absent\"",
        "\"@method\" \"@path\" \"content-digest\" \"Date\"",
        "\"@method\" \"@path\" \"content-digest\" \"@scheme\"",
        "\"@method\" \"@path\" \"content-digest\";req",
        "\"@method\" \"@path\" \"content-digest\";sf",
        "\"@method\" \"@path\" \"content-digest\";bs",
        "\"@method\" \"@path\" \"content-digest\";key=\"sha-256\"",
        "\"@method\" \"@path\" \"content-digest\";tr",
        "\"@method\" \"@path\" content-digest",
        "\"@method\" \"@path\" \"content-digest\" 1"
      })
  void read_coverageOutsideTheProfile_isInvalid(String components) {
    fields.put("date", List.of("Mon, 19 Jan 2026 12:00:00 GMT"));
    sign(components, parameters());

    assertInvalid();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|;expires=1768824060",
        "|;tag=\"app\"",
        "alg=\"ed25519\"|alg=\"Ed25519\"",
        "alg=\"ed25519\"|alg=\"hmac-sha256\"",
        "alg=\"ed25519\"|alg=ed25519",
        "alg=\"ed25519\"|alg",
        ";alg=\"ed25519\"|",
        "nonce=|nonce=\"AAAA\";x-nonce=",
        "created=|creates=",
        "created=1|created=-1",
        "created=1|created=\"1\";x=1",
        "created=1|created=?1;x=1",
        "created=1|created=1.0;x=1",
        "created=|created=1.5;x="
      })
  void read_parametersOutsideTheProfile_isInvalid(String from, String to) {
    String good = parameters();
    String changed = from == null ? good + to : good.replace(from, to == null ? "" : to);
    assertNotEquals(good, changed);
    sign(COMPONENTS, changed);

    assertInvalid();
  }

  @ParameterizedTest
  @CsvSource({
    "AAAAAAAAAAAAAAAAAAAAAA==, true",
    "AAAAAAAAAAAAAAAAAAAAAA, true",
    "AAAAAAAAAAAAAAAAAAAA, false",
    "AAAAAAAAAAAAAAAAAAAAAB==, false",
    "AAAAAAAAAAAAAAAAAAAA_A==, false",
    "'', false"
  })
  void read_nonce_isBase64OfEnoughBytes(String nonce, boolean good) {
    signWithNonce(nonce);

    if (good) {
      assertVerifies();
    } else {
      assertInvalid();
    }
  }

  @Test
  void read_nonceAtTheLimitAndAbove_isTakenAndRefused() {
    signWithNonce("A".repeat(86)); // 64 bytes
    assertVerifies();
    signWithNonce("A".repeat(87));
    assertInvalid();
  }

  private void signWithNonce(String nonce) {
    sign(COMPONENTS, parameters().replaceFirst("nonce=\"[^\"]*\"", "nonce=\"" + nonce + "\""));
  }

  @Test
  void read_parametersInAnotherOrder_verifies() {
    List<String> parts = new ArrayList<>(List.of(parameters().substring(1).split(";", -1)));
    for (int i = 0; i < parts.size(); i++) {
      parts.add(parts.remove(0));
      sign(COMPONENTS, ";" + String.join(";", parts));
      assertVerifies();
    }
  }

  @Test
  void read_keyId_isTheSignersInEitherCase() {
    String keyId = alice.keyId().toHex();
    String upper = keyId.toUpperCase(Locale.ROOT);
    sign(COMPONENTS, parameters().replace(keyId, upper));
    assertVerifies();

    String another = TestUser.named("mallory").keyId().toHex();
    for (String wrong : List.of(another, keyId.substring(2), keyId + "00", "x" + keyId, "")) {
      sign(COMPONENTS, parameters().replace(keyId, wrong));
      assertInvalid();
    }
  }

  @ParameterizedTest
  @CsvSource({"0, true", "-300, true", "30, true", "-301, false", "31, false"})
  void read_created_isHeldToTheWindow(int seconds, boolean inside) {
    sign(COMPONENTS, alice.messageParameters(clock.instant().plusSeconds(seconds)));

    if (inside) {
      assertVerifies();
    } else {
      assertRefused("timestamp_out_of_range");
    }
  }

  @Test
  void read_createdFarAway_isOutOfRangeWhateverElseIsWrong() {
    for (long seconds : new long[] {0, 999_999_999_999_999L}) {
      sign("", parameters().replaceFirst("created=[0-9]+", "created=" + seconds));
      fields.remove("signature");
      assertRefused("timestamp_out_of_range");
    }
  }

  @Test
  void read_signatureOverAnotherOrder_isInvalid() {
    sign("\"@path\" \"@method\" \"content-digest\"", parameters());
    String input = field("signature-input");
    fields.put(
        "signature-input",
        List.of(input.replace("\"@path\" \"@method\"", "\"@method\" \"@path\"")));

    assertInvalid();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sig1=(|'sig1=( '",
        "sig1=|'sig1= '",
        "'\" \"'|'\"  \"'",
        ";created|; created",
        "sig1=|sig2=",
        "sig1=|Sig1=",
        ";created|;created;created",
        "created=|created=0"
      })
  void read_spellingThatIsNotCanonical_isInvalid(String from, String to) {
    sign(COMPONENTS, parameters());
    String input = field("signature-input").replace(from, to);
    assertNotEquals(field("signature-input"), input);
    // Honest again, so that the spelling is all that is wrong with it.
    String honest =
        "\"@method\": POST\n\"@path\": /api/me\n\"content-digest\": %s\n\"@signature-params\": %s"
            .formatted(
                TestUser.contentDigest(BODY), input.substring(input.indexOf('=') + 1).strip());
    fields.put("signature-input", List.of(input));
    fields.put("signature", List.of(alice.signatureField(honest)));

    assertInvalid();
  }

  @Test
  void read_moreThanOneLabelOrLine_isInvalid() {
    sign(COMPONENTS, parameters());
    String input = field("signature-input");
    String signature = field("signature");
    String other = input.replace("sig1=", "sig2=");

    for (List<String> inputs :
        List.of(
            List.of(input + ", " + other),
            List.of(input + ", " + input),
            List.of(input, other),
            List.of(input, input),
            List.of("", input))) {
      fields.put("signature-input", inputs);
      assertInvalid();
    }
    fields.put("signature-input", List.of(input));
    for (List<String> signatures :
        List.of(
            List.of(signature + ", sig2=:AA==:"),
            List.of(signature + ", " + signature),
            List.of(signature, signature),
            List.<String>of())) {
      fields.put("signature", signatures);
      assertInvalid();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sig1",
        "sig1=?1",
        "sig1=\"AA\"",
        "sig1=::",
        "sig1=:AA==:",
        "sig1=()",
        "sig2=:%s:",
        "sig1=:%s:;a",
        "sig1=%s",
        "sig1=: %s:"
      })
  void read_signatureOfAnotherForm_isInvalid(String form) {
    sign(COMPONENTS, parameters());
    String signature = field("signature");
    String base64 = signature.substring("sig1=:".length(), signature.length() - 1);

    fields.put("signature", List.of(form.formatted(base64)));
    assertInvalid();
    fields.put("signature", List.of("sig1=:%s:".formatted(base64)));
    assertVerifies();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha-256",
        "sha-512=:AA==:",
        "sha-256=:AA==:",
        "sha-256=%s",
        "sha-256=:%s:;a=1",
        "sha-256=(:%s:)",
        "SHA-256=:%s:",
        "sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:",
        "sha-256=:AAAA:, sha-256=:%s:",
        "sha-256=:%s:,sha-512=:AA==:"
      })
  void read_digestThatIsNotTheBodys_isInvalid(String form) {
    fields.put("content-digest", List.of(form.formatted(digest())));
    sign(COMPONENTS, parameters());

    assertInvalid();
  }

  @Test
  void read_digestBesideOthers_isLookedAtAlone() {
    fields.put("content-digest", List.of("sha-512=:AA==:, sha-256=:" + digest() + ":"));
    sign(COMPONENTS, parameters());

    assertVerifies();
  }

  @Test
  void read_digestThatIsMissing_isInvalid() {
    sign(COMPONENTS, parameters());
    fields.remove("content-digest");

    assertInvalid();
  }

  private static String digest() {
    String field = TestUser.contentDigest(BODY);
    return field.substring("sha-256=:".length(), field.length() - 1);
  }

  @Test
  void read_anythingChangedAfterwards_isInvalid() {
    sign(COMPONENTS, parameters());
    target = "/api/logout";
    assertInvalid();
    target = "/api/me";
    body = Optional.of(BODY + " ");
    assertInvalid();
    body = Optional.of(BODY);
    assertVerifies();
  }

  @Test
  void read_anothersSignature_isInvalid() {
    sign(COMPONENTS, parameters());
    String theirs = TestUser.named("mallory").signatureField(base);
    fields.put("signature", List.of(theirs));

    assertInvalid();
  }

  /** Nothing but a verdict comes of any text, and a changed character is never a good verdict. */
  @Test
  void read_randomChanges_areAlwaysRefused() {
    sign(COMPONENTS, parameters());
    String input = field("signature-input");
    String alphabet = "sig1=()\";:,\\ ?-.0@\t\u00e9\u0000Z";
    Random random = new Random(9421);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder changed = new StringBuilder(input);
      int at = random.nextInt(input.length());
      char c = alphabet.charAt(random.nextInt(alphabet.length()));
      switch (random.nextInt(3)) {
        case 0 -> changed.setCharAt(at, c);
        case 1 -> changed.insert(at, c);
        default -> changed.deleteCharAt(at);
      }
      if (changed.toString().strip().equals(input)) {
        continue; // white space around a value is no part of it
      }
      fields.put("signature-input", List.of(changed.toString()));
      assertThrows(RejectedException.class, () -> verified(alice.identityKey()));
    }
  }
}
