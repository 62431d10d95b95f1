package org.securechat.protocol.vectors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** A JSON value: a map without what is null, a list, or a scalar as text. */
public record Json(Object value) {

  /** A value that was made here, as it would be read. */
  public static Json of(Map<String, Object> made) {
    return new Json(asRead(made));
  }

  /** Scalars as text, and without what is null. */
  static Object asRead(Object made) {
    if (made instanceof Map<?, ?> members) {
      Map<String, Object> read = new LinkedHashMap<>();
      members.forEach((name, member) -> {
        if (member != null) {
          read.put((String) name, asRead(member));
        }
      });
      return read;
    }
    return made instanceof List<?> items
        ? items.stream().map(Json::asRead).toList()
        : made.toString();
  }

  public static Json read(Path file) {
    try (JsonParser parser =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .createParser(Files.readAllBytes(file))) {
      parser.nextToken();
      return new Json(read(parser));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked") // Objects have names.
  Map<String, Object> members() {
    return (Map<String, Object>) value;
  }

  public boolean has(String name) {
    return ((Map<?, ?>) value).containsKey(name);
  }

  public Json get(String name) {
    return new Json(Objects.requireNonNull(((Map<?, ?>) value).get(name), name));
  }

  public Stream<Json> items(String name) {
    return get(name).all();
  }

  public Stream<Json> all() {
    return ((List<?>) value).stream().map(Json::new);
  }

  public String text(String name) {
    return (String) get(name).value();
  }

  public int number(String name) {
    return Integer.parseInt(text(name));
  }

  public long longNumber(String name) {
    return Long.parseLong(text(name));
  }

  public byte[] hex(String name) {
    return HexFormat.of().parseHex(text(name));
  }

  private static Object read(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      Map<String, Object> members = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        if (parser.nextToken() != JsonToken.VALUE_NULL) {
          members.put(name, read(parser));
        }
      }
      return members;
    }
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      List<Object> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(read(parser));
      }
      return items;
    }
    return parser.getText();
  }
}
