package org.securechat.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.rejection.InvalidValueException;

/** One strict pass over a range of received bytes; not for more than one thread. */
final class JsonText implements AutoCloseable {
  /** How deep objects and arrays may nest; the outermost is 1. */
  static final int MAX_DEPTH = 32;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  // The size of the body bounds these.
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** Reads from a parser; everything that goes wrong in there is the text's fault. */
  interface Reading<T> {
    T from(JsonText text) throws IOException;
  }

  private final byte[] bytes;
  private final int from;
  private final JsonParser parser;

  private JsonText(byte[] bytes, int from, int to) throws IOException {
    this.bytes = bytes;
    this.from = from;
    this.parser = FACTORY.createParser(bytes, from, to - from);
  }

  /** Reads a text that came from outside: nothing may follow what is read. */
  static <T> T readAll(byte[] bytes, int from, int to, Reading<T> reading) {
    Objects.checkFromToIndex(from, to, bytes.length);
    StrictJsonText.check(bytes, from, to);
    return read(bytes, from, to, reading);
  }

  /** Reads a part of a text that was read before. */
  static <T> T readPart(JsonMember.Nested part, Reading<T> reading) {
    return read(part.bytes(), part.from(), part.to(), reading);
  }

  private static <T> T read(byte[] bytes, int from, int to, Reading<T> reading) {
    try (JsonText text = new JsonText(bytes, from, to)) {
      T result = reading.from(text);
      if (text.next() != null) {
        throw new MalformedJsonException();
      }
      return result;
    } catch (IOException | IllegalStateException e) {
      // IllegalStateException: too many names with one hash.
      throw new MalformedJsonException();
    }
  }

  @Nullable JsonToken next() throws IOException {
    return parser.nextToken();
  }

  /** Moves to the next token, which has to be this one. */
  void expect(JsonToken token) throws IOException {
    if (next() != token) {
      throw new MalformedJsonException();
    }
  }

  /** Moves to the next member of the object that is being read; null at its end. */
  @Nullable String nextName() throws IOException {
    return next() == JsonToken.END_OBJECT ? null : parser.currentName();
  }

  /** Moves to a value, and over it. */
  JsonMember nextMember() throws IOException {
    return member(next());
  }

  /** Moves to the end of the value that begins with the last token. */
  void skip() throws IOException {
    parser.skipChildren();
  }

  /** The members from here to the end of the object whose brace was the last token. */
  Map<String, JsonMember> members() throws IOException {
    Map<String, JsonMember> members = new LinkedHashMap<>();
    for (String name = nextName(); name != null; name = nextName()) {
      members.put(name, nextMember());
    }
    return members;
  }

  /**
   * The elements from here to the end of the array whose bracket was the last token.
   *
   * @throws InvalidValueException as soon as there are more than may be
   */
  List<JsonMember> elements(int max) throws IOException {
    List<JsonMember> elements = new ArrayList<>();
    for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
      if (elements.size() == max) {
        throw new InvalidValueException("Must have at most " + max + " elements");
      }
      elements.add(member(token));
    }
    return elements;
  }

  /** The received bytes from the last token's start, and to its end: that of a brace or bracket. */
  int tokenStart() {
    return from + Math.toIntExact(parser.currentTokenLocation().getByteOffset());
  }

  int tokenEnd() {
    return from + Math.toIntExact(parser.currentLocation().getByteOffset());
  }

  /** The bytes of a range, without insignificant white space. */
  byte[] compact(int start, int end) {
    byte[] compacted = new byte[end - start];
    int length = 0;
    boolean inString = false;
    for (int i = start; i < end; i++) {
      byte b = bytes[i];
      if (!inString && (b == ' ' || b == '\n' || b == '\r' || b == '\t')) {
        continue;
      }
      compacted[length++] = b;
      if (b == '"') {
        inString = !inString;
      } else if (b == '\\') {
        compacted[length++] = bytes[++i];
      }
    }
    return length == compacted.length ? compacted : Arrays.copyOf(compacted, length);
  }

  private JsonMember member(@Nullable JsonToken token) throws IOException {
    if (token == null) {
      throw new MalformedJsonException();
    }
    return switch (token) {
      case VALUE_STRING -> new JsonMember.Text(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonMember.NumberText(parser.getText());
      case VALUE_TRUE -> JsonMember.Bool.TRUE;
      case VALUE_FALSE -> JsonMember.Bool.FALSE;
      case VALUE_NULL -> JsonMember.Null.NULL;
      case START_OBJECT -> nested(true);
      case START_ARRAY -> nested(false);
      default -> throw new MalformedJsonException();
    };
  }

  private JsonMember nested(boolean object) throws IOException {
    int start = tokenStart();
    parser.skipChildren();
    return new JsonMember.Nested(bytes, start, tokenEnd(), object);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
