package org.securechat.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * Reads one JSON object (RFC 8259) as strictly as a server does: well-formed UTF-8 without a byte
 * order mark, no member twice, nothing behind the object, no comment, no half of a surrogate pair,
 * 32 levels at most. Two clients that read the same bytes see the same object, or none.
 *
 * <p>Values are {@link String}, {@link Long}, {@link Boolean}, {@link List} and {@link Map}; a
 * member that is null is left out, and any number that is no integer below 2<sup>63</sup>, and a
 * null in a list, is {@link Unusable}.
 */
public final class StrictJson {
  private static final int MAX_DEPTH = 32;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** What no member of any of our formats is: fractions, huge integers, nulls in lists. */
  public enum Unusable {
    NUMBER,
    NULL
  }

  private StrictJson() {}

  /**
   * Reads an object.
   *
   * @param utf8 the caller bounds its size
   * @return its members in their order; can't be changed
   * @throws InvalidValueException for anything else; the message does not quote it
   */
  public static Map<String, Object> object(byte[] utf8) {
    try (JsonParser parser = JSON.createParser(text(utf8))) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        Map<String, Object> members = members(parser);
        if (parser.nextToken() == null) {
          return members;
        }
      }
    } catch (IOException e) {
      // Falls through: a parser's message quotes the text.
    }
    throw new InvalidValueException("Not one strict JSON object");
  }

  private static String text(byte[] utf8) throws CharacterCodingException {
    return UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
  }

  private static Map<String, Object> members(JsonParser parser) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = requireWellFormed(parser.currentName());
      value(parser, parser.nextToken()).ifPresent(value -> members.put(name, value));
    }
    return Collections.unmodifiableMap(members);
  }

  private static Optional<Object> value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> Optional.of(members(parser));
      case START_ARRAY -> Optional.of(items(parser));
      case VALUE_STRING -> Optional.of(requireWellFormed(parser.getText()));
      case VALUE_NUMBER_INT ->
          Optional.of(
              parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                  ? Unusable.NUMBER
                  : (Object) parser.getLongValue());
      case VALUE_TRUE, VALUE_FALSE -> Optional.of(parser.getBooleanValue());
      case VALUE_NULL -> Optional.empty();
      default -> Optional.of(Unusable.NUMBER);
    };
  }

  private static List<Object> items(JsonParser parser) throws IOException {
    List<Object> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(value(parser, token).orElse(Unusable.NULL));
    }
    return List.copyOf(items);
  }

  /**
   * Gives the text back, if it is Unicode: escapes may have half a pair in them, which no UTF-8
   * has.
   *
   * @throws InvalidValueException otherwise
   */
  public static String requireWellFormed(String text) {
    if (!new String(text.getBytes(UTF_8), UTF_8).equals(text)) {
      throw new InvalidValueException("The text is no well-formed Unicode");
    }
    return text;
  }
}
