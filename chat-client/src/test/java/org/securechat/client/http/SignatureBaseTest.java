package org.securechat.client.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.protocol.key.IdentityKeyPair;

class SignatureBaseTest {
  private static final int PKCS8_PREFIX = 16;

  /** RFC 9421, section B.2.6, with the key of B.1.4. */
  @Test
  void text_rfc9421B26_isSignedToTheSameBytes() throws IOException {
    JsonObject vector = vector("rfc9421/b26-ed25519.json");
    String request = vector.text("request");
    Map<String, String> headers =
        request
            .lines()
            .skip(1)
            .filter(line -> line.contains(": ") && !line.startsWith("{"))
            .collect(
                Collectors.toMap(
                    line -> line.substring(0, line.indexOf(':')),
                    line -> line.substring(line.indexOf(':') + 2)));
    SignatureBase base =
        new SignatureBase()
            .cover("date", value(headers, "Date"))
            .cover("@method", "POST")
            .cover("@path", "/foo")
            .cover("@authority", value(headers, "Host"))
            .cover("content-type", value(headers, "Content-Type"))
            .cover("content-length", value(headers, "Content-Length"))
            .parameter("created", 1618884473)
            .parameter("keyid", "test-key-ed25519");

    assertEquals(vector.text("signature_base"), base.text());
    assertEquals(vector.text("signature_input"), "sig-b26=" + base.input());
    String pem = vector.text("private_key_pem");
    byte[] pkcs8 = Base64.getDecoder().decode(pem.lines().toList().get(1));
    IdentityKeyPair key =
        IdentityKeyPair.ofSeed(Arrays.copyOfRange(pkcs8, PKCS8_PREFIX, pkcs8.length));
    assertEquals(IdentityKey.parsePem(vector.text("public_key_pem").strip()), key.publicKey());
    assertEquals(
        vector.text("signature_b64"),
        Base64.getEncoder().encodeToString(key.signHttpMessage(base.text()).toByteArray()));
  }

  /** RFC 8032, section 7.1, test 1, over a request whose every byte is fixed. */
  @Test
  void sign_fixedRequest_hasTheProfilesHeaders() {
    IdentityKeyPair key =
        IdentityKeyPair.ofSeed(
            HexFormat.of()
                .parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
    SignedCall signed =
        new HttpMessageSigner(byte[]::new)
            .sign(
                Call.post("/api/me?x=1", JsonMembers.NONE), key, Instant.ofEpochSecond(1737302400));

    assertEquals("{}", signed.body());
    assertEquals(
        "sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:",
        value(signed.headers(), "Content-Digest"));
    assertEquals(
        "sig1=(\"@method\" \"@path\" \"@query\" \"content-digest\");created=1737302400"
            + ";nonce=\"AAAAAAAAAAAAAAAAAAAAAA==\";keyid=\""
            + key.keyId().hex()
            + "\";alg=\"ed25519\"",
        value(signed.headers(), "Signature-Input"));
    String base =
        "\"@method\": POST\n\"@path\": /api/me\n\"@query\": ?x=1\n\"content-digest\": "
            + value(signed.headers(), "Content-Digest")
            + "\n\"@signature-params\": "
            + value(signed.headers(), "Signature-Input").substring("sig1=".length());
    assertEquals(
        "sig1=:"
            + Base64.getEncoder().encodeToString(key.signHttpMessage(base).toByteArray())
            + ":",
        value(signed.headers(), "Signature"));
    assertEquals(88 + 7, value(signed.headers(), "Signature").getBytes(UTF_8).length);
  }

  private static String value(Map<String, String> headers, String name) {
    return Objects.requireNonNull(headers.get(name), name);
  }

  private static JsonObject vector(String file) throws IOException {
    String given = System.getProperty("chat.vectors", "");
    Path folder =
        given.isEmpty()
            ? Path.of(System.getProperty("basedir", "."), "../../shared/vectors")
            : Path.of(given);
    Path path = folder.resolve(file).toAbsolutePath().normalize();
    assumeTrue(Files.isReadable(path), "No vectors: " + path);
    return JsonObject.parse(Files.readAllBytes(path));
  }
}
