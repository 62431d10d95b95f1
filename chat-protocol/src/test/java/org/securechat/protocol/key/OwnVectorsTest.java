package org.securechat.protocol.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.InvalidValueException;

/** Reads {@code docs/vectors} as any other client would, and does what stands there. */
class OwnVectorsTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("basedir", "."), "../docs/vectors").normalize();

  /** What becomes of a vector: its results by name. */
  private interface Outcome {
    Map<String, Object> of(Json vector) throws Exception;
  }

  /** With {@code -Dchat.vectors.write} the files are written, not compared. */
  @Test
  void files_madeAgain_areTheSame() throws IOException {
    Map<String, String> files = VectorFiles.all();
    if (System.getProperty("chat.vectors.write") != null) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
      }
    }
    Map<String, String> stored = new LinkedHashMap<>();
    for (String name : files.keySet()) {
      stored.put(name, Files.readString(FOLDER.resolve(name)));
    }

    assertEquals(stored, files);
    try (Stream<Path> all = Files.list(FOLDER)) {
      assertEquals(
          files.keySet().stream().sorted().toList(),
          all.map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".json"))
              .sorted()
              .toList());
    }
  }

  @Test
  void password_everyVector_givesItsKeysOrItsFailure() {
    check(
        "password.json",
        vector -> {
          Json kdf = vector.get("kdf");
          assertEquals("argon2id", kdf.text("algorithm"));
          EmailAddress email = new EmailAddress(utf16(vector.text("email_utf16")));
          Password password = Password.of(utf16(vector.text("password_utf16")));
          PasswordKeys keys =
              PasswordKeys.derive(
                  email,
                  password,
                  new PasswordKdf(
                      kdf.number("memory_kib"),
                      kdf.number("iterations"),
                      kdf.number("parallelism")));
          return Map.of(
              "salt", hex(PasswordKeys.salt(email, password)),
              "stretched", hex(keys.secretBytes()),
              "password_hash", keys.loginHash().secretText(),
              "wrapping_key", hex(keys.wrappingKey().secretBytes()));
        });
  }

  @Test
  void privateKey_everyVector_opensOrFails() {
    check(
        "private-key.json",
        vector -> {
          WrappingKey key = new WrappingKey(vector.hex("wrapping_key"));
          WrappedPrivateKey wrapped =
              WrappedPrivateKey.parse(
                  vector.text("encrypted_private_key"), vector.text("encryption_iv"));
          IdentityKeyPair identity =
              key.unwrap(wrapped, IdentityKey.copyOf(vector.hex("public_key")));
          assertEquals(wrapped, key.wrap(identity, count -> wrapped.iv()));
          return Map.of("seed", hex(identity.secretSeed()));
        });
  }

  @Test
  void identity_everyVector_givesItsKeysOrItsFailure() {
    check(
        "identity.json",
        vector -> {
          KeyId id = KeyId.of(IdentityKey.parsePem(vector.text("pem")));
          IdentityKeyPair identity = IdentityKeyPair.ofSeed(vector.hex("seed"));
          assertEquals(id, identity.keyId());
          return Map.of(
              "public_key", hex(identity.publicKey().toByteArray()),
              "spki", hex(identity.publicKey().toSpki()),
              "pem", identity.publicKey().toPem(),
              "key_id", id.hex());
        });
  }

  @Test
  void encryptionKey_everyVector_isTakenOrRefused() {
    check(
        "encryption-key.json",
        vector -> {
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
        });
  }

  @Test
  void x25519_everyVector_convertsOrFails() {
    check(
        "x25519.json",
        vector -> {
          X25519Key key = X25519Key.of(IdentityKey.copyOf(vector.hex("identity_key")));
          X25519KeyPair pair = IdentityKeyPair.ofSeed(vector.hex("seed")).x25519KeyPair();
          assertEquals(key, pair.publicKey());
          return Map.of(
              "x25519_private_key", hex(pair.secretScalar()),
              "x25519_public_key", hex(key.toByteArray()));
        });
  }

  @Test
  void safetyNumber_everyVector_givesItsDigitsOrItsFailure() {
    check(
        "safety-number.json",
        vector -> {
          List<SafetyNumber.Person> people = vector.items("people").map(this::person).toList();
          return Map.of(
              "safety_number", SafetyNumber.between(people.get(0), people.get(1)).digits());
        });
  }

  private SafetyNumber.Person person(Json side) {
    return new SafetyNumber.Person(
        new Username(side.text("username")), IdentityKey.copyOf(side.hex("identity_key")));
  }

  private static void check(String file, Outcome outcome) {
    Json vectors = Json.read(FOLDER.resolve(file));
    List<Json> all = new ArrayList<>();
    vectors.items("cases").forEach(all::add);
    vectors.items("refused").forEach(all::add);
    Map<String, Map<String, Object>> expected = new LinkedHashMap<>();
    Map<String, Map<String, Object>> found = new LinkedHashMap<>();
    for (Json vector : all) {
      Map<String, Object> results;
      try {
        results = outcome.of(vector);
      } catch (Exception e) {
        results = Map.of("failure", failure(e));
      }
      found.put(vector.text("name"), results);
      expected.put(
          vector.text("name"),
          vector.has("failure")
              ? Map.of("failure", vector.text("failure"))
              : results.keySet().stream()
                  .filter(vector::has)
                  .collect(Collectors.toMap(name -> name, vector::text)));
    }

    assertEquals(expected, found);
    assertFalse(vectors.items("cases").findAny().isEmpty());
    assertFalse(vectors.items("refused").findAny().isEmpty());
  }

  private static String failure(Exception e) {
    if (e instanceof InvalidValueException) {
      return "invalid_value";
    }
    if (e instanceof DoesNotOpenException) {
      return "does_not_open";
    }
    if (e instanceof ForeignKeyException) {
      return "foreign_key";
    }
    return e instanceof SignatureException ? "invalid_signature" : e.toString();
  }

  private static String utf16(String units) {
    return units.isEmpty()
        ? ""
        : Stream.of(units.split(" "))
            .map(unit -> String.valueOf((char) Integer.parseInt(unit, 16)))
            .collect(Collectors.joining());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
