package org.securechat.http.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.http.json.EnvelopeReader;
import org.securechat.http.json.JsonObject;

class FieldReaderTest {
  private static FieldReader reader(String json) {
    byte[] body = json.getBytes(UTF_8);
    return new FieldReader(EnvelopeReader.readObject(body, 0, body.length));
  }

  private static Map<String, String> faults(FieldReader fields) {
    return assertThrows(RejectedException.class, fields::requireNoFault).fields();
  }

  /** An element as {@code keys} has them. */
  private static String key(JsonObject object) {
    return object.integer("user_id").orElseThrow(() -> new InvalidValueException("Wants a user_id"))
        + object.string("key_data").orElseThrow(() -> new InvalidValueException("Wants key_data"));
  }

  @Test
  void fields_inForm_haveTheirValues() {
    FieldReader fields =
        reader(
            """
            {"epoch": 9007199254740991, "seen": {"id": 3}, "file_ids": [1, 2], "names": ["a"],
             "keys": [{"user_id": 1, "key_data": "x"}, {"user_id": 2, "key_data": "y"}],
             "after": {"12": 0, "7": 5}}
            """);

    assertEquals(UserId.MAX, fields.integer("epoch", 1, UserId.MAX).get());
    assertEquals(Optional.empty(), fields.optionalInteger("expires_in", 1, 31_536_000).get());
    assertEquals(3L, fields.object("seen", seen -> seen.integer("id").orElseThrow()).get());
    assertEquals(
        List.of(new UserId(1), new UserId(2)),
        fields.optionalIntegers("file_ids", 2, UserId::new).get());
    assertEquals(List.of(), fields.optionalIntegers("none", 2, UserId::new).get());
    assertEquals(List.of("a"), fields.optionalStrings("names", 1, Function.identity()).get());
    assertEquals(List.of("1x", "2y"), fields.objects("keys", 2, FieldReaderTest::key).get());
    assertEquals(
        List.of(Map.entry(new UserId(12), 0L), Map.entry(new UserId(7), 5L)),
        List.copyOf(
            fields.integersById("after", 2, UserId::new, Function.identity()).get().entrySet()));
  }

  @Test
  void fields_absent_areRequired() {
    FieldReader fields = reader("{\"seen\": null}");
    fields.integer("epoch", 1, 2);
    fields.object("seen", Function.identity());
    fields.objects("keys", 1, FieldReaderTest::key);
    fields.integersById("after", 1, UserId::new, Function.identity());

    assertEquals(
        Map.of(
            "epoch", "Is required",
            "seen", "Is required",
            "keys", "Is required",
            "after", "Is required"),
        faults(fields));
  }

  @ParameterizedTest
  @CsvSource({
    "0, Must be between 1 and 5",
    "6, Must be between 1 and 5",
    "1.5, Must be an integer",
    "\"1\", Must be an integer",
    "true, Must be an integer"
  })
  void integer_outOfForm_isAFault(String value, String fault) {
    FieldReader fields = reader("{\"n\":" + value + ",\"o\":" + value + "}");
    fields.integer("n", 1, 5);
    fields.optionalInteger("o", 1, 5);

    assertEquals(Map.of("n", fault, "o", fault), faults(fields));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "'[{},{},{}]', Must have at most 2 elements",
        "'[{}]', Wants a user_id",
        "'[1]', Must be an array of objects",
        "'{}', Must be an array of objects"
      })
  void objects_outOfForm_areOneFault(String value, String fault) {
    FieldReader fields = reader("{\"keys\":" + value + "}");
    fields.objects("keys", 2, FieldReaderTest::key);

    assertEquals(Map.of("keys", fault), faults(fields));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "'{\"1\":1,\"2\":2,\"3\":3}', Must have at most 2 members",
        "'{\"01\":1}', Must have ids as names",
        "'{\"x\":1}', Must have ids as names",
        "'{\"0\":1}', A user id is between 1 and 2^53 - 1",
        "'{\"1\":\"1\"}', Must be an integer",
        "'{\"1\":null}', Must have integers as values",
        "'[]', Must be an object"
      })
  void integersById_outOfForm_areOneFault(String value, String fault) {
    FieldReader fields = reader("{\"after\":" + value + "}");
    fields.integersById("after", 2, UserId::new, Function.identity());

    assertEquals(Map.of("after", fault), faults(fields));
  }

  @Test
  void optionalIntegers_overTheirBound_areAFault() {
    FieldReader fields = reader("{\"file_ids\":[1,2,3],\"names\":[\"a\",\"b\"],\"odd\":[0]}");
    fields.optionalIntegers("file_ids", 2, UserId::new);
    fields.optionalStrings("names", 1, Function.identity());
    fields.optionalIntegers("odd", 2, UserId::new);

    assertEquals(
        Map.of(
            "file_ids", "Must have at most 2 elements",
            "names", "Must have at most 1 elements",
            "odd", "A user id is between 1 and 2^53 - 1"),
        faults(fields));
  }
}
