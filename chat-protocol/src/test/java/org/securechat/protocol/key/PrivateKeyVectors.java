package org.securechat.protocol.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.securechat.protocol.vectors.Drawn.draw;
import static org.securechat.protocol.vectors.Drawn.flipped;
import static org.securechat.protocol.vectors.Drawn.hex;
import static org.securechat.protocol.vectors.Drawn.person;
import static org.securechat.protocol.vectors.Failure.DOES_NOT_OPEN;
import static org.securechat.protocol.vectors.Failure.FOREIGN_KEY;
import static org.securechat.protocol.vectors.Failure.INVALID_VALUE;
import static org.securechat.protocol.vectors.VectorFile.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.securechat.crypto.AesGcm;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.protocol.vectors.Json;
import org.securechat.protocol.vectors.VectorFile;
import org.securechat.protocol.vectors.VectorFormat;

/** The wrapping of the private key. */
public final class PrivateKeyVectors implements VectorFormat {

  @Override
  public String fileName() {
    return "private-key.json";
  }

  @Override
  public VectorFile make() {
    // K-6, K-7, G-2
    List<Map<String, Object>> cases =
        List.of(wrapped("alice", 0), wrapped("alice", 1), wrapped("bob", 2));

    byte[] iv = draw("iv", AesGcm.IV_LENGTH);
    byte[] key = draw("wrapping key");
    IdentityKeyPair alice = person("alice");
    byte[] seed = alice.secretSeed();
    byte[] place = "secure-chat/v1/private-key".getBytes(UTF_8);
    byte[] good = AesGcm.encrypt(key, iv, seed, place);
    String owner = hex(alice.publicKey().toByteArray());
    List<Map<String, Object>> refused = new ArrayList<>();
    refused.add(
        notOpened("bit of the ciphertext", key, iv, flipped(good, 0), owner, DOES_NOT_OPEN));
    refused.add(notOpened("bit of the tag", key, iv, flipped(good, 47), owner, DOES_NOT_OPEN));
    refused.add(notOpened("bit of the IV", key, flipped(iv, 3), good, owner, DOES_NOT_OPEN));
    refused.add(notOpened("another password", flipped(key, 9), iv, good, owner, DOES_NOT_OPEN));
    refused.add(
        notOpened(
            "no associated data",
            key,
            iv,
            AesGcm.encrypt(key, iv, seed, new byte[0]),
            owner,
            DOES_NOT_OPEN));
    refused.add(
        notOpened(
            "a seed of 31 bytes",
            key,
            iv,
            AesGcm.encrypt(key, iv, Arrays.copyOf(seed, 31), place),
            owner,
            INVALID_VALUE));
    refused.add(
        notOpened(
            "a public key of somebody else",
            key,
            iv,
            good,
            hex(person("mallory").publicKey().toByteArray()),
            FOREIGN_KEY));
    refused.add(notOpened("an IV of 16 bytes", key, draw("iv", 16), good, owner, INVALID_VALUE));
    refused.add(
        notOpened(
            "an IV in upper case",
            hex(key),
            "A" + hex(iv).substring(1),
            Base64Text.encode(good),
            owner,
            INVALID_VALUE));
    refused.add(
        notOpened(
            "base64 with a line break",
            hex(key),
            hex(iv),
            Base64Text.encode(good) + "\n",
            owner,
            INVALID_VALUE));
    return new VectorFile("1. From the password", "wrapping of the private key", cases, refused);
  }

  private static Map<String, Object> wrapped(String name, int number) {
    IdentityKeyPair identity = person(name);
    byte[] key = draw("wrapping key " + number);
    WrappedPrivateKey wrapped =
        new WrappingKey(key).wrap(identity, count -> draw("iv " + number, count));
    return vector(
        name + " " + number,
        "wrapping_key",
        hex(key),
        "encryption_iv",
        wrapped.encryptionIv(),
        "encrypted_private_key",
        wrapped.encryptedPrivateKey(),
        "public_key",
        hex(identity.publicKey().toByteArray()),
        "seed",
        hex(identity.secretSeed()));
  }

  private static Map<String, Object> notOpened(
      String name, byte[] key, byte[] iv, byte[] sealed, String owner, String failure) {
    return notOpened(name, hex(key), hex(iv), Base64Text.encode(sealed), owner, failure);
  }

  private static Map<String, Object> notOpened(
      String name, String key, String iv, String sealed, String owner, String failure) {
    return vector(
        name,
        "wrapping_key",
        key,
        "encryption_iv",
        iv,
        "encrypted_private_key",
        sealed,
        "public_key",
        owner,
        "failure",
        failure);
  }

  @Override
  public Map<String, Object> outcome(Json vector) throws Exception {
    WrappingKey key = new WrappingKey(vector.hex("wrapping_key"));
    WrappedPrivateKey wrapped =
        WrappedPrivateKey.parse(vector.text("encrypted_private_key"), vector.text("encryption_iv"));
    IdentityKeyPair identity = key.unwrap(wrapped, IdentityKey.copyOf(vector.hex("public_key")));
    assertEquals(wrapped, key.wrap(identity, count -> wrapped.iv()));
    return Map.of("seed", hex(identity.secretSeed()));
  }
}
