package org.securechat.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.rejection.InvalidValueException;

class JsonObjectTest {
  private static final JsonObject OBJECT =
      object(
          """
          {"s": "", "n": -12, "b": false, "o": {"in": {"deep": [1]}}, "a": [1, 2], "z": null,
           "w": ["x", "y"], "p": [{"k": 1}, {"k": 2}], "e": [], "mixed": [1, "x"]}
          """);

  @Test
  void accessors_rightType_giveTheValue() {
    assertEquals(Optional.of(""), OBJECT.string("s"));
    assertEquals(Optional.of(-12L), OBJECT.integer("n"));
    assertEquals(Optional.of(false), OBJECT.bool("b"));
    assertEquals(
        Optional.of(List.of(1L)),
        OBJECT.object("o").flatMap(o -> o.object("in")).flatMap(in -> in.integers("deep", 2)));
    assertEquals(Optional.of(List.of(1L, 2L)), OBJECT.integers("a", 2));
    assertEquals(Optional.of(List.of("x", "y")), OBJECT.strings("w", 2));
    assertEquals(Optional.of(List.of()), OBJECT.objects("e", 2));
    assertEquals(
        List.of(Optional.of(1L), Optional.of(2L)),
        OBJECT.objects("p", 2).orElseThrow().stream().map(p -> p.integer("k")).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"z", "missing"})
  void accessors_nullOrAbsent_areEmpty(String name) {
    assertEquals(Optional.empty(), OBJECT.string(name));
    assertEquals(Optional.empty(), OBJECT.integer(name));
    assertEquals(Optional.empty(), OBJECT.bool(name));
    assertEquals(Optional.empty(), OBJECT.object(name));
    assertEquals(Optional.empty(), OBJECT.strings(name, 2));
    assertEquals(false, OBJECT.has(name));
  }

  @Test
  void accessors_otherType_sayWhatItMustBe() {
    assertRefused("Must be a string", () -> OBJECT.string("n"));
    assertRefused("Must be an integer", () -> OBJECT.integer("s"));
    assertRefused("Must be true or false", () -> OBJECT.bool("s"));
    assertRefused("Must be an object", () -> OBJECT.object("a"));
    assertRefused("Must be an array of strings", () -> OBJECT.strings("mixed", 2));
    assertRefused("Must be an array of integers", () -> OBJECT.integers("o", 2));
    assertRefused("Must be an array of objects", () -> OBJECT.objects("w", 2));
  }

  @Test
  void arrays_overTheirBound_areRefused() {
    assertRefused("Must have at most 1 elements", () -> OBJECT.objects("p", 1));
    assertRefused("Must have at most 1 elements", () -> OBJECT.strings("w", 1));
    assertRefused("Must have at most 0 elements", () -> OBJECT.integers("a", 0));
    assertEquals(Optional.of(List.of()), OBJECT.objects("e", 0));
  }

  @Test
  void objects_asManyAndAsLargeAsKeysCome_areRead() {
    int count = 1000;
    String element = "{\"user_id\":%d,\"key_data\":\"" + "A".repeat(4000) + "\"}";
    StringBuilder text = new StringBuilder("{\"keys\":[");
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : ",").append(element.formatted(i));
    }
    JsonObject object = object(text.append("]}").toString());

    List<JsonObject> keys = object.objects("keys", count).orElseThrow();

    assertEquals(count, keys.size());
    assertEquals(Optional.of(999L), keys.get(999).integer("user_id"));
    assertEquals(4000, keys.get(999).string("key_data").orElseThrow().length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0", "1e3", "9223372036854775808", "-9223372036854775809", "1E400"})
  void integer_noLong_isRefused(String number) {
    JsonObject object = object("{\"n\":" + number + "}");

    assertRefused("Must be an integer", () -> object.integer("n"));
  }

  @Test
  void integer_edges_areRead() {
    assertEquals(Optional.of(Long.MIN_VALUE), object("{\"n\":-9223372036854775808}").integer("n"));
    assertEquals(Optional.of(Long.MAX_VALUE), object("{\"n\":9223372036854775807}").integer("n"));
    assertEquals(Optional.of(0L), object("{\"n\":-0}").integer("n"));
  }

  private static void assertRefused(String sentence, Executable call) {
    assertEquals(sentence, assertThrows(InvalidValueException.class, call).sentence());
  }

  private static JsonObject object(String text) {
    byte[] body = text.getBytes(UTF_8);
    return EnvelopeReader.readObject(body, 0, body.length);
  }
}
