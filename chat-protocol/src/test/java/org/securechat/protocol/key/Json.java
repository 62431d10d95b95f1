package org.securechat.protocol.key;

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

/** A JSON value: a map, a list, or a scalar as text. */
record Json(Object value) {

  static Json read(Path file) {
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

  boolean has(String name) {
    return ((Map<?, ?>) value).containsKey(name);
  }

  Json get(String name) {
    return new Json(Objects.requireNonNull(((Map<?, ?>) value).get(name), name));
  }

  Stream<Json> items(String name) {
    return get(name).all();
  }

  Stream<Json> all() {
    return ((List<?>) value).stream().map(Json::new);
  }

  String text(String name) {
    return (String) get(name).value();
  }

  int number(String name) {
    return Integer.parseInt(text(name));
  }

  byte[] hex(String name) {
    return HexFormat.of().parseHex(text(name));
  }

  private static Object read(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      Map<String, Object> members = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        members.put(name, read(parser));
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
