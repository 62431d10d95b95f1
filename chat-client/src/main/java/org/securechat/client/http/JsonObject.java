package org.securechat.client.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * An object out of an answer. Whoever asks for a member says what it must be; everything else ends
 * in an {@link UntrustedAnswerException} that names the member and never quotes it.
 */
public final class JsonObject {
  private static final int MAX_DEPTH = 32;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** What no member of the contract is: fractions, huge integers, nulls in lists. */
  private enum Unusable {
    NUMBER,
    NULL
  }

  private final Map<String, Object> members;

  private JsonObject(Map<String, Object> members) {
    this.members = members;
  }

  /**
   * Reads one object and nothing behind it.
   *
   * @param utf8 the caller bounds its size
   */
  public static JsonObject parse(byte[] utf8) {
    try (JsonParser parser = JSON.createParser(text(utf8))) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        Map<String, Object> members = object(parser);
        if (parser.nextToken() == null) {
          return new JsonObject(members);
        }
      }
    } catch (IOException e) {
      // Falls through: a parser's message quotes the text.
    }
    throw new UntrustedAnswerException("The answer is no JSON object");
  }

  private static String text(byte[] utf8) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      Object value = value(parser, parser.nextToken());
      if (value != null) {
        members.put(name, value);
      }
    }
    return members;
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> new JsonObject(object(parser));
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? Unusable.NUMBER
              : (Object) parser.getLongValue();
      case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
      case VALUE_NULL -> null;
      default -> Unusable.NUMBER;
    };
  }

  private static List<Object> array(JsonParser parser) throws IOException {
    List<Object> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      Object item = value(parser, token);
      items.add(item == null ? Unusable.NULL : item);
    }
    return items;
  }

  /** A text. */
  public String text(String name) {
    return require(name, String.class);
  }

  /** A text, where the member is neither absent nor null. */
  public Optional<String> optionalText(String name) {
    return members.containsKey(name) ? Optional.of(text(name)) : Optional.empty();
  }

  /** An integer. */
  public long number(String name) {
    return require(name, Long.class);
  }

  /** An integer, where the member is neither absent nor null. */
  public Optional<Long> optionalNumber(String name) {
    return members.containsKey(name) ? Optional.of(number(name)) : Optional.empty();
  }

  /** True or false. */
  public boolean flag(String name) {
    return require(name, Boolean.class);
  }

  /** True or false; false where the member is absent or null. */
  public boolean optionalFlag(String name) {
    return members.containsKey(name) && flag(name);
  }

  /** A time (RFC 3339). */
  public Instant time(String name) {
    try {
      return Instant.parse(text(name));
    } catch (DateTimeException e) {
      throw unfit(name);
    }
  }

  /** An object. */
  public JsonObject object(String name) {
    return require(name, JsonObject.class);
  }

  /** An object, where the member is neither absent nor null. */
  public Optional<JsonObject> optionalObject(String name) {
    return members.containsKey(name) ? Optional.of(object(name)) : Optional.empty();
  }

  /** A list of objects. */
  public List<JsonObject> objects(String name) {
    return items(name, JsonObject.class);
  }

  /** A list of objects, where the member is neither absent nor null. */
  public Optional<List<JsonObject>> optionalObjects(String name) {
    return members.containsKey(name) ? Optional.of(objects(name)) : Optional.empty();
  }

  /** A list of texts. */
  public List<String> texts(String name) {
    return items(name, String.class);
  }

  /** A text made into a value that has rules of its own. */
  public <T> T text(String name, Function<String, T> type) {
    try {
      return type.apply(text(name));
    } catch (InvalidValueException e) {
      throw unfit(name);
    }
  }

  /** The members that are texts. */
  public Map<String, String> textMembers() {
    Map<String, String> texts = new LinkedHashMap<>();
    members.forEach((name, value) -> {
      if (value instanceof String text) {
        texts.put(name, text);
      }
    });
    return texts;
  }

  private <T> List<T> items(String name, Class<T> type) {
    List<T> items = new ArrayList<>();
    for (Object item : require(name, List.class)) {
      if (!type.isInstance(item)) {
        throw unfit(name);
      }
      items.add(type.cast(item));
    }
    return List.copyOf(items);
  }

  private <T> T require(String name, Class<T> type) {
    Object value = members.get(name);
    if (!type.isInstance(value)) {
      throw unfit(name);
    }
    return type.cast(value);
  }

  private static UntrustedAnswerException unfit(String name) {
    return new UntrustedAnswerException("The answer has no usable member '" + name + "'");
  }

  /** The names alone: an answer may hold secrets. */
  @Override
  public String toString() {
    return "JsonObject" + members.keySet();
  }
}
