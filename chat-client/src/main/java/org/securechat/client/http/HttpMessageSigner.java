package org.securechat.client.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.protocol.key.IdentityKeyPair;

/**
 * HTTP Message Signatures (RFC 9421) in the profile of the server: label {@code sig1}; method,
 * path, the query where there is one, and the digest (RFC 9530) where there is a body.
 */
final class HttpMessageSigner implements RequestSigner {
  private static final String LABEL = "sig1=";
  private static final int NONCE_LENGTH = 16;

  private final RandomSource random;

  HttpMessageSigner(RandomSource random) {
    this.random = random;
  }

  @Override
  public SignedCall sign(Call call, IdentityKeyPair identity, Instant time) {
    String body = call.data().map(JsonMembers::text).orElse(null);
    Map<String, String> headers = new LinkedHashMap<>();
    SignatureBase base = new SignatureBase();
    base.cover("@method", call.method()).cover("@path", call.path());
    call.query().ifPresent(query -> base.cover("@query", query));
    Optional.ofNullable(body)
        .map(text -> Sha256.of(text.getBytes(UTF_8)))
        .or(() -> call.file().map(FileBody::sha256))
        .map(sha256 -> "sha-256=:" + Base64Text.encode(sha256.toByteArray()) + ":")
        .ifPresent(digest -> {
          headers.put("Content-Digest", digest);
          base.cover("content-digest", digest);
        });
    base.parameter("created", time.getEpochSecond())
        .parameter("nonce", Base64Text.encode(random.bytes(NONCE_LENGTH)))
        .parameter("keyid", identity.keyId().hex())
        .parameter("alg", "ed25519");
    Signature signature = identity.signHttpMessage(base.text());
    headers.put("Signature-Input", LABEL + base.input());
    headers.put("Signature", LABEL + ":" + Base64Text.encode(signature.toByteArray()) + ":");
    return new SignedCall(headers, body);
  }
}
