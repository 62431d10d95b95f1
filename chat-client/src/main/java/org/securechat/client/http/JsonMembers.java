package org.securechat.client.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes the members of a JSON object, in an order of its own. */
@FunctionalInterface
public interface JsonMembers {
  /** An object without members. */
  JsonMembers NONE = json -> {};

  void writeTo(JsonGenerator json) throws IOException;

  /** These members, and then others. */
  default JsonMembers and(JsonMembers others) {
    return json -> {
      writeTo(json);
      others.writeTo(json);
    };
  }

  /** The object's text, without white space. */
  default String text() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      writeTo(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
