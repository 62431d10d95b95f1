package org.securechat.protocol.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.securechat.crypto.AesGcm;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Username;

/** Makes the vectors of {@code docs/vectors}: the same text each time. */
final class VectorFiles {
  private static final String INVALID_VALUE = "invalid_value";
  private static final String DOES_NOT_OPEN = "does_not_open";
  private static final String FOREIGN_KEY = "foreign_key";
  private static final String INVALID_SIGNATURE = "invalid_signature";

  private static final BigInteger GROUP_ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private VectorFiles() {}

  /** The files' texts by their names. */
  static Map<String, String> all() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("password.json", json(password()));
    files.put("private-key.json", json(privateKey()));
    files.put("identity.json", json(identity()));
    files.put("encryption-key.json", json(encryptionKey()));
    files.put("x25519.json", json(x25519()));
    files.put("safety-number.json", json(safetyNumber()));
    return files;
  }

  private static Map<String, Object> password() {
    List<Object> cases = new ArrayList<>();
    cases.add(derived("plain", "alice@example.org", "correct horse", PasswordKdf.STANDARD));
    cases.add(derived("upper case", "Alice@EXAMPLE.org", "correct horse", PasswordKdf.STANDARD));
    cases.add(
        derived("composed", "j\u00f6rg@example.org", "p\u00e4ssw\u00f6rt", PasswordKdf.STANDARD));
    cases.add(
        derived(
            "decomposed", "jo\u0308rg@example.org", "pa\u0308sswo\u0308rt", PasswordKdf.STANDARD));
    cases.add(
        derived("upper case beyond A-Z stays", "J\u00d6RG@example.org", "x", PasswordKdf.STANDARD));
    cases.add(
        derived(
            "a Kelvin sign is a K after NFC, and then lowered",
            "\u212aim@example.org",
            "x",
            PasswordKdf.STANDARD));
    cases.add(derived("empty password", "a@b", "", PasswordKdf.STANDARD));
    cases.add(
        derived(
            "beyond the basic plane",
            "alice@example.org",
            "\ud83d\udd11 \ud83d\ude80",
            PasswordKdf.STANDARD));
    cases.add(derived("four lanes", "alice@example.org", "x", new PasswordKdf(65_536, 3, 4)));
    cases.add(derived("four iterations, more memory", "a@b", "x", new PasswordKdf(65_600, 4, 2)));

    List<Object> refused = new ArrayList<>();
    refused.add(notDerived("memory below 64 MiB", "61", 65_535, 3, 1));
    refused.add(notDerived("memory above 1 GiB", "61", 1_048_577, 3, 1));
    refused.add(notDerived("two iterations", "61", 65_536, 2, 1));
    refused.add(notDerived("seventeen iterations", "61", 65_536, 17, 1));
    refused.add(notDerived("no lane", "61", 65_536, 3, 0));
    refused.add(notDerived("five lanes", "61", 65_536, 3, 5));
    refused.add(notDerived("high surrogate alone", "61 d83d", 65_536, 3, 1));
    refused.add(notDerived("low surrogate alone", "dd11 61", 65_536, 3, 1));
    refused.add(notDerived("surrogates the wrong way round", "dd11 d83d", 65_536, 3, 1));
    return file("1. From the password", "derivation from email and password", cases, refused);
  }

  private static Map<String, Object> derived(
      String name, String email, String password, PasswordKdf kdf) {
    EmailAddress address = new EmailAddress(email);
    Password secret = Password.of(password);
    PasswordKeys keys = PasswordKeys.derive(address, secret, kdf);
    return vector(
        name,
        "email_utf16",
        utf16(email),
        "password_utf16",
        utf16(password),
        "kdf",
        kdf(kdf.memoryKib(), kdf.iterations(), kdf.parallelism()),
        "salt",
        hex(PasswordKeys.salt(address, secret)),
        "stretched",
        hex(keys.secretBytes()),
        "password_hash",
        keys.loginHash().secretText(),
        "wrapping_key",
        hex(keys.wrappingKey().secretBytes()));
  }

  private static Map<String, Object> notDerived(
      String name, String passwordUtf16, int memoryKib, int iterations, int parallelism) {
    return vector(
        name,
        "email_utf16",
        utf16("alice@example.org"),
        "password_utf16",
        passwordUtf16,
        "kdf",
        kdf(memoryKib, iterations, parallelism),
        "failure",
        INVALID_VALUE);
  }

  private static Map<String, Object> kdf(int memoryKib, int iterations, int parallelism) {
    Map<String, Object> kdf = new LinkedHashMap<>();
    kdf.put("algorithm", "argon2id");
    kdf.put("memory_kib", memoryKib);
    kdf.put("iterations", iterations);
    kdf.put("parallelism", parallelism);
    return kdf;
  }

  private static Map<String, Object> privateKey() {
    List<Object> cases = List.of(wrapped("alice", 0), wrapped("alice", 1), wrapped("bob", 2));

    byte[] iv = draw("iv", AesGcm.IV_LENGTH);
    byte[] key = draw("wrapping key");
    IdentityKeyPair alice = person("alice");
    byte[] seed = alice.secretSeed();
    byte[] place = "secure-chat/v1/private-key".getBytes(UTF_8);
    byte[] good = AesGcm.encrypt(key, iv, seed, place);
    String owner = hex(alice.publicKey().toByteArray());
    List<Object> refused = new ArrayList<>();
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
    return file("1. From the password", "wrapping of the private key", cases, refused);
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

  private static Map<String, Object> identity() {
    List<Object> cases = new ArrayList<>();
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
    List<Object> refused = new ArrayList<>();
    unsoundKeys()
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
    return file("2. Keys of a person", "identity key, SPKI, key id", cases, refused);
  }

  private static String pem(byte[] key) {
    return IdentityKey.copyOf(key).toPem();
  }

  /** Encodings that a careless reader takes for keys. */
  private static Map<String, byte[]> unsoundKeys() {
    Map<String, byte[]> keys = new LinkedHashMap<>();
    keys.put("the neutral element", unhex("01" + "00".repeat(31)));
    keys.put("a point of order 2", unhex("ec" + "ff".repeat(30) + "7f"));
    keys.put("a point of order 4", unhex("00".repeat(32)));
    keys.put(
        "a point of order 8",
        unhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"));
    keys.put("an y above the prime", unhex("f0" + "ff".repeat(30) + "7f"));
    keys.put(
        "a key of mixed order",
        // The edge cases of "Taming the many EdDSAs", case 2: a point with a part of order 8.
        unhex("f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43"));
    return keys;
  }

  private static Map<String, Object> encryptionKey() {
    List<Object> cases = new ArrayList<>();
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
    List<Object> refused = new ArrayList<>();
    refused.add(notTaken("bit of the key", flipped(key, 700), signature, INVALID_SIGNATURE));
    refused.add(notTaken("bit of R", key, flipped(signature, 2), INVALID_SIGNATURE));
    refused.add(notTaken("bit of S", key, flipped(signature, 40), INVALID_SIGNATURE));
    refused.add(notTaken("S plus the group order", key, malleated(signature), INVALID_SIGNATURE));
    refused.add(
        notTaken(
            "signed by somebody else",
            key,
            signed(person("mallory"), alice.encryptionKeyPair().publicKey().signedText()),
            INVALID_SIGNATURE));
    refused.add(
        notTaken(
            "the text without its last line break",
            key,
            signed(
                alice,
                new String(alice.encryptionKeyPair().publicKey().signedText(), UTF_8)
                    .strip()
                    .getBytes(UTF_8)),
            INVALID_SIGNATURE));
    refused.add(notTaken("the bare key signed", key, signed(alice, key), INVALID_SIGNATURE));
    refused.add(
        notTaken(
            "R of small order",
            key,
            signedWithNeutralR(alice, alice.encryptionKeyPair().publicKey().signedText()),
            INVALID_SIGNATURE));
    unsoundKeys()
        .forEach((name, owner) ->
            refused.add(notTaken(name, hex(owner), key, signature, INVALID_VALUE)));
    refused.add(notTaken("1,215 bytes", Arrays.copyOf(key, 1215), signature, INVALID_VALUE));
    refused.add(
        notTaken("a signature of 63 bytes", key, Arrays.copyOf(signature, 63), INVALID_VALUE));
    return file("2. Keys of a person", "encryption key and its signed text", cases, refused);
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

  private static byte[] signed(IdentityKeyPair identity, byte[] text) {
    byte[] signature = new byte[64];
    Ed25519.sign(identity.secretSeed(), 0, text, 0, text.length, signature, 0);
    return signature;
  }

  /** A signature whose equation holds, with the neutral element as R: S is k times the scalar. */
  private static byte[] signedWithNeutralR(IdentityKeyPair identity, byte[] text) {
    byte[] expanded = sha512(identity.secretSeed());
    expanded[0] &= (byte) 0xf8;
    expanded[31] = (byte) ((expanded[31] & 0x7f) | 0x40);
    byte[] signature = new byte[64];
    signature[0] = 1;
    byte[] k = sha512(Arrays.copyOf(signature, 32), identity.publicKey().toByteArray(), text);
    BigInteger s = number(k, 64).multiply(number(expanded, 32)).mod(GROUP_ORDER);
    for (int i = 32; i < 64; i++) {
      signature[i] = s.byteValue();
      s = s.shiftRight(8);
    }
    return signature;
  }

  private static BigInteger number(byte[] littleEndian, int length) {
    BigInteger number = BigInteger.ZERO;
    for (int i = length - 1; i >= 0; i--) {
      number = number.shiftLeft(8).or(BigInteger.valueOf(littleEndian[i] & 0xff));
    }
    return number;
  }

  private static byte[] sha512(byte[]... parts) {
    try {
      MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
      for (byte[] part : parts) {
        sha512.update(part);
      }
      return sha512.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Another text of the same signature, for a verifier that doesn't look at S. */
  private static byte[] malleated(byte[] signature) {
    byte[] malleated = signature.clone();
    BigInteger s = BigInteger.ZERO;
    for (int i = 63; i >= 32; i--) {
      s = s.shiftLeft(8).or(BigInteger.valueOf(signature[i] & 0xff));
    }
    s = s.add(GROUP_ORDER);
    for (int i = 32; i < 64; i++) {
      malleated[i] = s.byteValue();
      s = s.shiftRight(8);
    }
    return malleated;
  }

  private static Map<String, Object> x25519() {
    List<Object> cases = new ArrayList<>();
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
    List<Object> refused = new ArrayList<>();
    unsoundKeys()
        .forEach((name, key) ->
            refused.add(vector(name, "identity_key", hex(key), "failure", INVALID_VALUE)));
    return file("2. Keys of a person", "X25519 keys of an Ed25519 identity", cases, refused);
  }

  private static Map<String, Object> safetyNumber() {
    List<Object> cases =
        List.of(
            compared("two people", "alice", "alice", "bob", "bob"),
            compared("the other way round", "bob", "bob", "alice", "alice"),
            compared("case of a name counts", "Alice", "alice", "bob", "bob"),
            compared("another key, the same name", "alice", "mallory", "bob", "bob"),
            compared("the longest name", "a23456789012345678901234", "alice", "b", "bob"));
    List<Object> refused = new ArrayList<>();
    unsoundKeys().forEach((name, key) -> refused.add(notCompared(name, "alice", hex(key))));
    String good = hex(person("alice").publicKey().toByteArray());
    refused.add(notCompared("an empty name", "", good));
    refused.add(notCompared("a name of 25 characters", "a".repeat(25), good));
    refused.add(notCompared("a name with a letter beyond ASCII", "\u0430lice", good));
    refused.add(notCompared("a key of 31 bytes", "alice", good.substring(2)));
    return file("2. Keys of a person", "safety number", cases, refused);
  }

  private static Map<String, Object> compared(
      String name, String firstName, String first, String secondName, String second) {
    IdentityKey firstKey = person(first).publicKey();
    IdentityKey secondKey = person(second).publicKey();
    return vector(
        name,
        "people",
        List.of(
            side(firstName, hex(firstKey.toByteArray())),
            side(secondName, hex(secondKey.toByteArray()))),
        "safety_number",
        SafetyNumber.between(
                new SafetyNumber.Person(new Username(firstName), firstKey),
                new SafetyNumber.Person(new Username(secondName), secondKey))
            .digits());
  }

  private static Map<String, Object> notCompared(String name, String username, String key) {
    return vector(
        name,
        "people",
        List.of(side(username, key), side("bob", hex(person("bob").publicKey().toByteArray()))),
        "failure",
        INVALID_VALUE);
  }

  private static Map<String, Object> side(String username, String key) {
    Map<String, Object> side = new LinkedHashMap<>();
    side.put("username", username);
    side.put("identity_key", key);
    return side;
  }

  private static IdentityKeyPair person(String name) {
    return IdentityKeyPair.ofSeed(draw("identity of " + name));
  }

  private static byte[] draw(String what) {
    return draw(what, 32);
  }

  private static byte[] draw(String what, int count) {
    return Arrays.copyOf(
        Sha256.of(("secure-chat vectors: " + what).getBytes(UTF_8)).toByteArray(), count);
  }

  private static byte[] flipped(byte[] bytes, int index) {
    byte[] flipped = bytes.clone();
    flipped[index] ^= 1;
    return flipped;
  }

  private static String utf16(String text) {
    return text.chars().mapToObj("%04x"::formatted).collect(Collectors.joining(" "));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] unhex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static Map<String, Object> file(
      String section, String format, List<Object> cases, List<Object> refused) {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("section", section);
    file.put("format", format);
    file.put("cases", cases);
    file.put("refused", refused);
    return file;
  }

  private static Map<String, Object> vector(String name, Object... members) {
    Map<String, Object> vector = new LinkedHashMap<>();
    vector.put("name", name);
    for (int i = 0; i < members.length; i += 2) {
      vector.put((String) members[i], members[i + 1]);
    }
    return vector;
  }

  private static String json(Map<String, Object> file) {
    StringWriter text = new StringWriter();
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER));
    printer.indentArraysWith(indenter);
    printer.indentObjectsWith(indenter);
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setPrettyPrinter(printer);
      write(json, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Map<?, ?> members) {
      json.writeStartObject();
      for (Map.Entry<?, ?> member : members.entrySet()) {
        json.writeFieldName((String) member.getKey());
        write(json, member.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> items) {
      json.writeStartArray();
      for (Object item : items) {
        write(json, item);
      }
      json.writeEndArray();
    } else if (value instanceof Integer number) {
      json.writeNumber(number);
    } else {
      json.writeString((String) value);
    }
  }
}
