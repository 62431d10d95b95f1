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
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Writes JSON answers in UTF-8. */
public final class Json {
  /** What breaks off in the middle must not look whole. */
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  private static final String ZERO_TIME = "0000-00-00T00:00:00.000Z";
  private static final int NANOS_OF_MILLI = 1_000_000;

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

  /**
   * An instant as RFC 3339 has it, UTC with milliseconds. Each entry and participant has one: a
   * formatter would take several times as long.
   *
   * @param instant in a year of at most four digits
   */
  public static String time(Instant instant) {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
    char[] text = ZERO_TIME.toCharArray();
    writeDigits(text, 4, time.getYear());
    writeDigits(text, 7, time.getMonthValue());
    writeDigits(text, 10, time.getDayOfMonth());
    writeDigits(text, 13, time.getHour());
    writeDigits(text, 16, time.getMinute());
    writeDigits(text, 19, time.getSecond());
    writeDigits(text, 23, time.getNano() / NANOS_OF_MILLI);
    return new String(text);
  }

  /** Writes a number over zeros that end before an index. */
  private static void writeDigits(char[] text, int end, int number) {
    int rest = number;
    for (int i = end - 1; rest > 0; i--) {
      text[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
