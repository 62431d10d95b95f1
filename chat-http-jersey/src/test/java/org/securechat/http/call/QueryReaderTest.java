package org.securechat.http.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.rejection.RejectedException;

class QueryReaderTest {
  private static Map<String, String> faults(QueryReader query) {
    return assertThrows(RejectedException.class, query::requireNoFault).fields();
  }

  private static String text(String query) {
    return new QueryReader(query).required("q", Function.identity()).get();
  }

  @ParameterizedTest
  @CsvSource({
    "q=a+b, a b",
    "q=a%2Bb, a+b",
    "q=a%20b, a b",
    "q=%C3%BC%F0%9F%98%80, ü😀",
    "q=a=b, a=b",
    "%71=x, x",
    "x=1&q=y&&=z, y",
    "q=100%25, 100%",
    "q=a%26b, a&b"
  })
  void required_formEncoded_isDecoded(String query, String value) {
    assertEquals(value, text(query));
  }

  @ParameterizedTest
  @ValueSource(strings = {"q", "q=", "x&q="})
  void required_emptyValue_isOne(String query) {
    assertEquals("", text(query));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "x=1", "Q=1"})
  void required_absent_isAFault(@Nullable String query) {
    QueryReader reader = new QueryReader(query);
    reader.required("q", Function.identity());

    assertEquals(Map.of("q", "Is required"), faults(reader));
    assertEquals(Optional.empty(), new QueryReader(query).optional("q", Function.identity()).get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"q=%ff", "q=%C3", "q=%ED%A0%80", "q=%C0%AF", "q=%4", "q=%", "q=%+1"})
  void optional_noUtf8_isAFault(String query) {
    QueryReader reader = new QueryReader(query);
    reader.optional("q", Function.identity());

    assertEquals(Map.of("q", "Must be percent-encoded UTF-8"), faults(reader));
  }

  @ParameterizedTest
  @ValueSource(strings = {"q=1&q=1", "q=1&%71=2", "q&q"})
  void optional_repeated_isAFault(String query) {
    QueryReader reader = new QueryReader(query);
    reader.optional("q", Function.identity());

    assertEquals(Map.of("q", "Must be given once"), faults(reader));
  }

  @Test
  void read_unknownOnes_areNotLookedAt() {
    assertEquals("a", text("x=%ff&x=1&%ff=2&q=a"));
  }

  @Test
  void integer_absent_isTheOther() {
    assertEquals(50, new QueryReader("x=1").integer("limit", 1, 100, 50).get());
    assertEquals(7, new QueryReader("limit=7").integer("limit", 1, 100, 50).get());
    assertEquals(
        Optional.of(100L), new QueryReader("limit=100").optionalInteger("limit", 1, 100).get());
    assertEquals(Optional.empty(), new QueryReader("").optionalInteger("limit", 1, 100).get());
  }

  @ParameterizedTest
  @CsvSource({
    "0, Must be between 1 and 100",
    "101, Must be between 1 and 100",
    "999999999999999999, Must be between 1 and 100",
    "9999999999999999999, Must be an integer",
    "01, Must be an integer",
    "-1, Must be an integer",
    "+1, Must be an integer",
    "1.0, Must be an integer",
    "1e1, Must be an integer",
    "%D9%A1, Must be an integer",
    "'', Must be an integer"
  })
  void integer_outOfForm_isAFault(String value, String fault) {
    QueryReader reader = new QueryReader("limit=" + value);
    reader.integer("limit", 1, 100, 50);

    assertEquals(Map.of("limit", fault), faults(reader));
  }

  @Test
  void faults_several_areAllNamed() {
    QueryReader reader = new QueryReader("limit=x&before=1&after=2&name=%ff");
    reader.integer("limit", 1, 100, 50);
    reader.optional("name", Function.identity());
    reader.required(
        "before",
        text -> {
          throw new InvalidValueException("Is not to my taste");
        });
    reader.fault("after", "Excludes before");
    reader.fault("after", "Another");

    assertEquals(
        Map.of(
            "limit", "Must be an integer",
            "name", "Must be percent-encoded UTF-8",
            "before", "Is not to my taste",
            "after", "Excludes before"),
        faults(reader));
  }
}
