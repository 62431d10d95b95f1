package org.securechat.protocol.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.securechat.protocol.vectors.Drawn.draw;
import static org.securechat.protocol.vectors.Drawn.hex;
import static org.securechat.protocol.vectors.Drawn.person;
import static org.securechat.protocol.vectors.Failure.INVALID_VALUE;
import static org.securechat.protocol.vectors.VectorFile.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.protocol.vectors.Json;
import org.securechat.protocol.vectors.UnsoundKeys;
import org.securechat.protocol.vectors.VectorFile;
import org.securechat.protocol.vectors.VectorFormat;

/** Identity key, SPKI, key id. */
public final class IdentityVectors implements VectorFormat {

  @Override
  public String fileName() {
    return "identity.json";
  }

  @Override
  public VectorFile make() {
    // K-8, G-4
    List<Map<String, Object>> cases = new ArrayList<>();
    for (String name : List.of("alice", "bob", "carol")) {
      IdentityKeyPair identity = person(name);
      IdentityKey key = identity.publicKey();
      cases.add(
          vector(
              name,
              "seed",
              hex(identity.secretSeed()),
              "public_key",
              hex(key.toByteArray()),
              "spki",
              hex(key.toSpki()),
              "pem",
              key.toPem(),
              "key_id",
              identity.keyId().hex()));
    }
    List<Map<String, Object>> refused = new ArrayList<>();
    UnsoundKeys.all()
        .forEach(
            (name, key) -> refused.add(vector(name, "pem", pem(key), "failure", INVALID_VALUE)));
    refused.add(
        vector(
            "an X25519 key",
            "pem",
            pem(draw("key")).replace("K2VwAyEA", "K2VuAyEA"),
            "failure",
            INVALID_VALUE));
    refused.add(
        vector(
            "31 bytes",
            "pem",
            "-----BEGIN PUBLIC KEY-----\n"
                + Base64Text.encode(Arrays.copyOf(person("alice").publicKey().toSpki(), 43))
                + "\n-----END PUBLIC KEY-----",
            "failure",
            INVALID_VALUE));
    return new VectorFile("2. Keys of a person", "identity key, SPKI, key id", cases, refused);
  }

  private static String pem(byte[] key) {
    return IdentityKey.copyOf(key).toPem();
  }

  @Override
  public Map<String, Object> outcome(Json vector) throws Exception {
    KeyId id = KeyId.of(IdentityKey.parsePem(vector.text("pem")));
    IdentityKeyPair identity = IdentityKeyPair.ofSeed(vector.hex("seed"));
    assertEquals(id, identity.keyId());
    return Map.of(
        "public_key", hex(identity.publicKey().toByteArray()),
        "spki", hex(identity.publicKey().toSpki()),
        "pem", identity.publicKey().toPem(),
        "key_id", id.hex());
  }
}
