package org.securechat.protocol.key;

import static org.securechat.protocol.vectors.Drawn.hex;
import static org.securechat.protocol.vectors.Drawn.person;
import static org.securechat.protocol.vectors.Failure.INVALID_VALUE;
import static org.securechat.protocol.vectors.VectorFile.vector;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Username;
import org.securechat.protocol.vectors.Json;
import org.securechat.protocol.vectors.UnsoundKeys;
import org.securechat.protocol.vectors.VectorFile;
import org.securechat.protocol.vectors.VectorFormat;

/** The number that two people compare. */
public final class SafetyNumberVectors implements VectorFormat {

  @Override
  public String fileName() {
    return "safety-number.json";
  }

  @Override
  public VectorFile make() {
    // K-13, E-2
    List<Map<String, Object>> cases =
        List.of(
            compared("two people", "alice", "alice", "bob", "bob"),
            compared("the other way round", "bob", "bob", "alice", "alice"),
            compared("case of a name counts", "Alice", "alice", "bob", "bob"),
            compared("another key, the same name", "alice", "mallory", "bob", "bob"),
            compared("the longest name", "a23456789012345678901234", "alice", "b", "bob"));
    List<Map<String, Object>> refused = new ArrayList<>();
    UnsoundKeys.all().forEach((name, key) -> refused.add(notCompared(name, "alice", hex(key))));
    String good = hex(person("alice").publicKey().toByteArray());
    refused.add(notCompared("an empty name", "", good));
    refused.add(notCompared("a name of 25 characters", "a".repeat(25), good));
    refused.add(notCompared("a name with a letter beyond ASCII", "\u0430lice", good));
    refused.add(notCompared("a key of 31 bytes", "alice", good.substring(2)));
    return new VectorFile("2. Keys of a person", "safety number", cases, refused);
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

  @Override
  public Map<String, Object> outcome(Json vector) throws Exception {
    List<SafetyNumber.Person> people =
        vector.items("people").map(SafetyNumberVectors::personOf).toList();
    return Map.of("safety_number", SafetyNumber.between(people.get(0), people.get(1)).digits());
  }

  private static SafetyNumber.Person personOf(Json side) {
    return new SafetyNumber.Person(
        new Username(side.text("username")), IdentityKey.copyOf(side.hex("identity_key")));
  }
}
