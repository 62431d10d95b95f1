package org.securechat.protocol.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.securechat.protocol.vectors.Drawn.hex;
import static org.securechat.protocol.vectors.Failure.INVALID_VALUE;
import static org.securechat.protocol.vectors.VectorFile.vector;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.protocol.vectors.Json;
import org.securechat.protocol.vectors.VectorFile;
import org.securechat.protocol.vectors.VectorFormat;

/** From email and password to the keys. */
public final class PasswordVectors implements VectorFormat {

  @Override
  public String fileName() {
    return "password.json";
  }

  @Override
  public VectorFile make() {
    // K-1, K-2, K-3, K-4, K-5
    List<Map<String, Object>> cases = new ArrayList<>();
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

    List<Map<String, Object>> refused = new ArrayList<>();
    refused.add(notDerived("memory below 64 MiB", "61", 65_535, 3, 1));
    refused.add(notDerived("memory above 1 GiB", "61", 1_048_577, 3, 1));
    refused.add(notDerived("two iterations", "61", 65_536, 2, 1));
    refused.add(notDerived("seventeen iterations", "61", 65_536, 17, 1));
    refused.add(notDerived("no lane", "61", 65_536, 3, 0));
    refused.add(notDerived("five lanes", "61", 65_536, 3, 5));
    refused.add(notDerived("high surrogate alone", "61 d83d", 65_536, 3, 1));
    refused.add(notDerived("low surrogate alone", "dd11 61", 65_536, 3, 1));
    refused.add(notDerived("surrogates the wrong way round", "dd11 d83d", 65_536, 3, 1));
    return new VectorFile(
        "1. From the password", "derivation from email and password", cases, refused);
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

  private static String utf16(String text) {
    return text.chars().mapToObj("%04x"::formatted).collect(Collectors.joining(" "));
  }

  @Override
  public Map<String, Object> outcome(Json vector) throws Exception {
    Json kdf = vector.get("kdf");
    assertEquals("argon2id", kdf.text("algorithm"));
    EmailAddress email = new EmailAddress(fromUtf16(vector.text("email_utf16")));
    Password password = Password.of(fromUtf16(vector.text("password_utf16")));
    PasswordKeys keys =
        PasswordKeys.derive(
            email,
            password,
            new PasswordKdf(
                kdf.number("memory_kib"), kdf.number("iterations"), kdf.number("parallelism")));
    return Map.of(
        "salt", hex(PasswordKeys.salt(email, password)),
        "stretched", hex(keys.secretBytes()),
        "password_hash", keys.loginHash().secretText(),
        "wrapping_key", hex(keys.wrappingKey().secretBytes()));
  }

  private static String fromUtf16(String units) {
    return units.isEmpty()
        ? ""
        : Stream.of(units.split(" "))
            .map(unit -> String.valueOf((char) Integer.parseInt(unit, 16)))
            .collect(Collectors.joining());
  }
}
