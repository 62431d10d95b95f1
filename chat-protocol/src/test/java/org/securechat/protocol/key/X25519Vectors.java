package org.securechat.protocol.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.securechat.protocol.vectors.Drawn.hex;
import static org.securechat.protocol.vectors.Drawn.person;
import static org.securechat.protocol.vectors.Failure.INVALID_VALUE;
import static org.securechat.protocol.vectors.VectorFile.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.protocol.vectors.Json;
import org.securechat.protocol.vectors.UnsoundKeys;
import org.securechat.protocol.vectors.VectorFile;
import org.securechat.protocol.vectors.VectorFormat;

/** X25519 keys of an Ed25519 identity. */
public final class X25519Vectors implements VectorFormat {

  @Override
  public String fileName() {
    return "x25519.json";
  }

  @Override
  public VectorFile make() {
    // K-11, G-4
    List<Map<String, Object>> cases = new ArrayList<>();
    for (String name : List.of("alice", "bob", "carol")) {
      IdentityKeyPair identity = person(name);
      cases.add(
          vector(
              name,
              "seed",
              hex(identity.secretSeed()),
              "identity_key",
              hex(identity.publicKey().toByteArray()),
              "x25519_private_key",
              hex(identity.x25519KeyPair().secretScalar()),
              "x25519_public_key",
              hex(X25519Key.of(identity.publicKey()).toByteArray())));
    }
    List<Map<String, Object>> refused = new ArrayList<>();
    UnsoundKeys.all()
        .forEach((name, key) ->
            refused.add(vector(name, "identity_key", hex(key), "failure", INVALID_VALUE)));
    return new VectorFile(
        "2. Keys of a person", "X25519 keys of an Ed25519 identity", cases, refused);
  }

  @Override
  public Map<String, Object> outcome(Json vector) throws Exception {
    X25519Key key = X25519Key.of(IdentityKey.copyOf(vector.hex("identity_key")));
    X25519KeyPair pair = IdentityKeyPair.ofSeed(vector.hex("seed")).x25519KeyPair();
    assertEquals(key, pair.publicKey());
    return Map.of(
        "x25519_private_key", hex(pair.secretScalar()),
        "x25519_public_key", hex(key.toByteArray()));
  }
}
