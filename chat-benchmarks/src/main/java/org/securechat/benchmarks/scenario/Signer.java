package org.securechat.benchmarks.scenario;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.securechat.crypto.SystemRandomSource;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.protocol.key.IdentityKeyPair;

/** Somebody with a key, who signs envelopes. May be used by many threads. */
public final class Signer {
  private static final int NONCE_LENGTH = 16;

  private final IdentityKeyPair identity = IdentityKeyPair.generate(new SystemRandomSource());
  private final Clock clock;

  public Signer(Clock clock) {
    this.clock = clock;
  }

  public IdentityKey publicKey() {
    return identity.publicKey();
  }

  /** Signs a text that the conversation's members read. */
  Signature sign(byte[] text) {
    byte[] signature = new byte[Signature.LENGTH];
    Ed25519.sign(identity.secretSeed(), 0, text, 0, text.length, signature, 0);
    return Signature.copyOf(signature);
  }

  /**
   * An envelope for one place, signed now.
   *
   * @param members of its data, as JSON without braces; may be empty
   */
  public String envelope(String path, String members) {
    return envelope("POST", path, members);
  }

  /**
   * An envelope for a request of any method, signed now.
   *
   * @param path with its query, if there is one
   */
  String envelope(String method, String path, String members) {
    byte[] nonce = new byte[NONCE_LENGTH];
    ThreadLocalRandom.current().nextBytes(nonce);
    String data =
        "{\"_ctx\":{\"method\":\""
            + method
            + "\",\"path\":\""
            + path
            + "\",\"nonce\":\""
            + HexFormat.of().formatHex(nonce)
            + "\"}"
            + (members.isEmpty() ? "" : "," + members)
            + "}";
    long timestamp = clock.instant().getEpochSecond();
    String signed = "{\"data\":" + data + ",\"timestamp\":" + timestamp + "}";
    Sha256 digest = Sha256.of(signed.getBytes(StandardCharsets.UTF_8));
    return "{\"data\":"
        + data
        + ",\"signature\":\""
        + identity.signEnvelope(digest).toHex()
        + "\",\"timestamp\":"
        + timestamp
        + "}";
  }
}
