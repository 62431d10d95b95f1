package org.securechat.crypto;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Test vectors of others, in a folder beside the source tree or where the system property {@code
 * chat.vectors} says. A test that asks for a file is skipped where there is none.
 */
final class Vectors {
  private Vectors() {}

  /** A JSON value: a map, a list, or a scalar as text. */
  record Json(Object value) {
    Json get(String name) {
      return new Json(Objects.requireNonNull(((Map<?, ?>) value).get(name), name));
    }

    Stream<Json> items() {
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
  }

  static Json json(String file) {
    try (JsonParser parser = new JsonFactory().createParser(Files.readAllBytes(path(file)))) {
      parser.nextToken();
      return new Json(read(parser));
    } catch (IOException e) {
      throw new AssertionError(file, e);
    }
  }

  static List<String> linesOfGzip(String file) {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(path(file)))) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    } catch (IOException e) {
      throw new AssertionError(file, e);
    }
  }

  private static Path path(String file) {
    String given = System.getProperty("chat.vectors", "");
    Path folder =
        given.isEmpty()
            ? Path.of(System.getProperty("basedir", "."), "../../shared/vectors")
            : Path.of(given);
    Path path = folder.resolve(file).toAbsolutePath().normalize();
    assumeTrue(Files.isReadable(path), "No vectors: " + path);
    return path;
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
