package org.securechat.client.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.protocol.key.IdentityKeyPair;

/**
 * The original format: the signature covers the very characters of data and timestamp as they are
 * sent. Always bound to its request by {@code _ctx}, also where a server would do without.
 */
final class EnvelopeSigner implements RequestSigner {
  static final String HEADER = "X-Signature-Data";

  private static final int NONCE_LENGTH = 16;

  private final RandomSource random;

  EnvelopeSigner(RandomSource random) {
    this.random = random;
  }

  @Override
  public SignedCall sign(Call call, IdentityKeyPair identity, Instant time) {
    JsonMembers data = call.data().orElse(JsonMembers.NONE).and(context(call));
    String envelope = envelope(data.text(), identity, time);
    // Without a body there is nothing in the data but the context, which is ASCII as a header must
    // be.
    return call.data().isPresent()
        ? new SignedCall(Map.of(), envelope)
        : new SignedCall(Map.of(HEADER, envelope), null);
  }

  private JsonMembers context(Call call) {
    String nonce = HexFormat.of().formatHex(random.bytes(NONCE_LENGTH));
    return json -> {
      json.writeObjectFieldStart("_ctx");
      json.writeStringField("method", call.method());
      json.writeStringField("path", call.target());
      json.writeStringField("nonce", nonce);
      if (call.file().isPresent()) {
        json.writeStringField("content_sha256", call.file().get().sha256().toHex());
      }
      json.writeEndObject();
    };
  }

  private static String envelope(String data, IdentityKeyPair identity, Instant time) {
    long timestamp = time.getEpochSecond();
    String signed = "{\"data\":" + data + ",\"timestamp\":" + timestamp + "}";
    Signature signature = identity.signEnvelope(Sha256.of(signed.getBytes(UTF_8)));
    return "{\"data\":"
        + data
        + ",\"signature\":\""
        + signature.toHex()
        + "\",\"timestamp\":"
        + timestamp
        + "}";
  }
}
