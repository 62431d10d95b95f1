package org.securechat.http.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Writes JSON answers in UTF-8. */
public final class Json {
  /** What breaks off in the middle must not look whole. */
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Json() {}

  /** The answer's text. */
  public static byte[] bytes(JsonAnswer answer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      write(answer, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Writes the answer's text, and leaves the stream open. */
  static void write(JsonAnswer answer, OutputStream out) throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      answer.writeTo(json);
    }
  }

  /** Writes a member that is null where there is no value. */
  public static void writeOptional(JsonGenerator json, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    } else {
      json.writeNullField(name);
    }
  }

  /** An object with one member. */
  public static JsonAnswer object(String member, JsonAnswer value) {
    return json -> {
      json.writeStartObject();
      json.writeFieldName(member);
      value.writeTo(json);
      json.writeEndObject();
    };
  }

  /** An instant as RFC 3339 has it, UTC with milliseconds. */
  public static String time(Instant instant) {
    return TIME.format(instant);
  }
}
