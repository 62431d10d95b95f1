package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SignatureException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.securechat.crypto.BouncyCastleSignatureVerifier;
import org.securechat.domain.credential.AttemptCounter;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.request.RequestLine;
import org.securechat.domain.request.SignedRequest;
import org.securechat.http.json.EnvelopeReader;
import org.securechat.http.signature.MessageSignatures;
import org.securechat.http.signature.SignedMessage;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Holds what the documentation says to what the program does. */
class DocumentationTest {
  private static final Path DOCS = Path.of("../docs");

  @Test
  void configuration_namesEverySettingAndNoOther() throws IOException {
    AskedFor asked = new AskedFor();
    Configuration.of(Settings.of(asked, new Properties()));
    String text = Files.readString(DOCS.resolve("configuration.md"));
    String settings = text.split("\n## Settings\n", 2)[1].split("\n## ", 2)[0];

    Set<String> documented = new TreeSet<>();
    Pattern.compile("^\\| `([A-Z_]+)` \\|", Pattern.MULTILINE)
        .matcher(settings)
        .results()
        .forEach(row -> documented.add(row.group(1)));

    assertEquals(asked.names(), documented);
  }

  /** With {@code -Dlimits.write} it writes the table instead of comparing it. */
  @Test
  void limits_table_isWhatTheCodeSays() throws IOException {
    Path file = DOCS.resolve("limits.md");
    String begin = "<!-- limits -->\n";
    String end = "<!-- end of limits -->\n";
    String text = Files.readString(file);
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf(end);
    String table = Limits.table(Configuration.of(Settings.of(Map.of(), new Properties())));
    if (System.getProperty("limits.write") != null) {
      Files.writeString(file, text.substring(0, from) + table + text.substring(to));
      return;
    }

    assertEquals(table, text.substring(from, to));
  }

  @Test
  void limits_eachSetting_isOneAndEachNameIsThereOnce() {
    AskedFor asked = new AskedFor();
    List<Limit> limits = Limits.of(Configuration.of(Settings.of(asked, new Properties())));

    for (Limit limit : limits) {
      Pattern.compile("`([^`]+)`")
          .matcher(limit.setting().orElse(""))
          .results()
          .forEach(setting -> assertTrue(asked.names().contains(setting.group(1)), limit.name()));
    }
    Set<String> names = new TreeSet<>(limits.stream().map(Limit::name).toList());
    assertEquals(limits.size(), names.size());
    for (AttemptCounter.Kind kind : AttemptCounter.Kind.values()) {
      assertTrue(names.contains(Limits.nameOf(kind)), kind.name());
    }
  }

  @Test
  void api_hasASectionWithAnExampleForEachEndpointAndNoOther() throws IOException {
    Set<String> endpoints = new TreeSet<>();
    JsonNode paths = new YAMLMapper().readTree(DOCS.resolve("openapi.yaml").toFile()).path("paths");
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      for (Map.Entry<String, JsonNode> member : path.getValue().properties()) {
        if (Set.of("get", "post", "put", "patch", "delete").contains(member.getKey())) {
          endpoints.add(member.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
        }
      }
    }
    // The examples themselves are run by .ci/api.mjs.
    Set<String> documented = new TreeSet<>();
    for (String section : Files.readString(DOCS.resolve("api.md")).split("\n(?=##)", -1)) {
      Matcher heading = Pattern.compile("### ([A-Z]+ /\\S*)\n").matcher(section);
      if (heading.lookingAt()) {
        assertTrue(section.contains("\n```js\n") || section.contains("\n```console\n"), section);
        assertTrue(documented.add(heading.group(1)), heading.group(1));
      }
    }

    assertEquals(endpoints, documented);
  }

  @Test
  void signatureProtocol_workedExample_verifies() throws IOException, SignatureException {
    String text = Files.readString(DOCS.resolve("signature-protocol.md"));
    String example = text.substring(text.indexOf("9d61b19deffd5a60"));
    IdentityKey key =
        IdentityKey.parsePem(
            example.substring(
                example.indexOf("-----BEGIN"),
                example.indexOf("-----END PUBLIC KEY-----") + "-----END PUBLIC KEY-----".length()));
    List<String> bodies =
        Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
            .matcher(example)
            .results()
            .map((MatchResult block) -> block.group(1))
            .toList();

    assertEquals(2, bodies.size());
    for (String body : bodies) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      SignedRequest request =
          SignedRequest.of(
              EnvelopeReader.read(bytes, 0, bytes.length).envelope(),
              new RequestLine("POST", "/api/me"));
      assertTrue(example.contains(request.digest().toHex()));
      new BouncyCastleSignatureVerifier()
          .verify(key, request.message(), request.signature().orElseThrow());
    }
  }

  @Test
  void signatureProtocol_workedMessage_verifies() throws IOException, SignatureException {
    String text = Files.readString(DOCS.resolve("signature-protocol.md"));
    String example = text.substring(text.indexOf("9d61b19deffd5a60"));
    IdentityKey key =
        IdentityKey.copyOf(
            HexFormat.of()
                .parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
    Map<String, List<String>> fields =
        Pattern.compile("```http\n(.*?)```", Pattern.DOTALL)
            .matcher(example)
            .results()
            .flatMap(block -> block.group(1).lines())
            .map(line -> line.split(": ", 2))
            .collect(
                Collectors.toMap(
                    line -> line[0].toLowerCase(Locale.ROOT), line -> List.of(line[1])));

    SignedRequest request =
        MessageSignatures.read(
            new SignedMessage(
                new RequestLine("POST", "/api/me"),
                "http",
                name -> fields.getOrDefault(name, List.of()),
                Optional.of(Sha256.of("{}".getBytes(StandardCharsets.UTF_8)))));

    new BouncyCastleSignatureVerifier()
        .verify(key, request.message(), request.signature().orElseThrow());
  }
}
