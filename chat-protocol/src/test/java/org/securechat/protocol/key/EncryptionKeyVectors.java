package org.securechat.protocol.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.securechat.protocol.vectors.Drawn.flipped;
import static org.securechat.protocol.vectors.Drawn.hex;
import static org.securechat.protocol.vectors.Drawn.person;
import static org.securechat.protocol.vectors.Drawn.unhex;
import static org.securechat.protocol.vectors.Failure.INVALID_SIGNATURE;
import static org.securechat.protocol.vectors.Failure.INVALID_VALUE;
import static org.securechat.protocol.vectors.VectorFile.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.protocol.vectors.Json;
import org.securechat.protocol.vectors.RawSignatures;
import org.securechat.protocol.vectors.UnsoundKeys;
import org.securechat.protocol.vectors.VectorFile;
import org.securechat.protocol.vectors.VectorFormat;

/** The X-Wing key and its signed text. */
public final class EncryptionKeyVectors implements VectorFormat {

  @Override
  public String fileName() {
    return "encryption-key.json";
  }

  @Override
  public VectorFile make() {
    // K-9, K-10, G-4, G-5
    List<Map<String, Object>> cases = new ArrayList<>();
    for (String name : List.of("alice", "bob")) {
      IdentityKeyPair identity = person(name);
      EncryptionKeyPair pair = identity.encryptionKeyPair();
      PublishedEncryptionKey published = identity.publishEncryptionKey();
      cases.add(
          vector(
              name,
              "seed",
              hex(identity.secretSeed()),
              "identity_key",
              hex(identity.publicKey().toByteArray()),
              "decapsulation_seed",
              hex(pair.secretSeed()),
              "encryption_key",
              published.encryptionKey(),
              "signed_text",
              new String(pair.publicKey().signedText(), UTF_8),
              "encryption_key_signature",
              published.encryptionKeySignature()));
    }
    IdentityKeyPair alice = person("alice");
    PublishedEncryptionKey good = alice.publishEncryptionKey();
    byte[] key = alice.encryptionKeyPair().publicKey().toByteArray();
    byte[] signature = unhex(good.encryptionKeySignature());
    List<Map<String, Object>> refused = new ArrayList<>();
    refused.add(notTaken("bit of the key", flipped(key, 700), signature, INVALID_SIGNATURE));
    refused.add(notTaken("bit of R", key, flipped(signature, 2), INVALID_SIGNATURE));
    refused.add(notTaken("bit of S", key, flipped(signature, 40), INVALID_SIGNATURE));
    refused.add(
        notTaken(
            "S plus the group order", key, RawSignatures.malleated(signature), INVALID_SIGNATURE));
    refused.add(
        notTaken(
            "signed by somebody else",
            key,
            RawSignatures.signed(
                person("mallory"), alice.encryptionKeyPair().publicKey().signedText()),
            INVALID_SIGNATURE));
    refused.add(
        notTaken(
            "the text without its last line break",
            key,
            RawSignatures.signed(
                alice,
                new String(alice.encryptionKeyPair().publicKey().signedText(), UTF_8)
                    .strip()
                    .getBytes(UTF_8)),
            INVALID_SIGNATURE));
    refused.add(
        notTaken("the bare key signed", key, RawSignatures.signed(alice, key), INVALID_SIGNATURE));
    refused.add(
        notTaken(
            "R of small order",
            key,
            RawSignatures.signedWithNeutralR(
                alice, alice.encryptionKeyPair().publicKey().signedText()),
            INVALID_SIGNATURE));
    UnsoundKeys.all()
        .forEach((name, owner) ->
            refused.add(notTaken(name, hex(owner), key, signature, INVALID_VALUE)));
    refused.add(notTaken("1,215 bytes", Arrays.copyOf(key, 1215), signature, INVALID_VALUE));
    refused.add(
        notTaken("a signature of 63 bytes", key, Arrays.copyOf(signature, 63), INVALID_VALUE));
    return new VectorFile(
        "2. Keys of a person", "encryption key and its signed text", cases, refused);
  }

  private static Map<String, Object> notTaken(
      String name, byte[] key, byte[] signature, String failure) {
    String owner = hex(person("alice").publicKey().toByteArray());
    return notTaken(name, owner, key, signature, failure);
  }

  private static Map<String, Object> notTaken(
      String name, String owner, byte[] key, byte[] signature, String failure) {
    return vector(
        name,
        "identity_key",
        owner,
        "encryption_key",
        Base64Text.encode(key),
        "encryption_key_signature",
        hex(signature),
        "failure",
        failure);
  }

  @Override
  public Map<String, Object> outcome(Json vector) throws Exception {
    PublishedEncryptionKey published =
        PublishedEncryptionKey.parse(
            vector.text("encryption_key"), vector.text("encryption_key_signature"));
    EncryptionKey key = published.of(IdentityKey.copyOf(vector.hex("identity_key")));
    IdentityKeyPair identity = IdentityKeyPair.ofSeed(vector.hex("seed"));
    assertEquals(key, identity.encryptionKeyPair().publicKey());
    PublishedEncryptionKey again = identity.publishEncryptionKey();
    return Map.of(
        "identity_key", hex(identity.publicKey().toByteArray()),
        "decapsulation_seed", hex(identity.encryptionKeyPair().secretSeed()),
        "encryption_key", again.encryptionKey(),
        "signed_text", new String(key.signedText(), UTF_8),
        "encryption_key_signature", again.encryptionKeySignature());
  }
}
