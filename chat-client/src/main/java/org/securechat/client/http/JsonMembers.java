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
    return text(0);
  }

  /**
   * The same in printable ASCII, all else escaped: no text from elsewhere can drive a terminal that
   * shows it.
   */
  default String asciiText() {
    // On the generator, because a factory takes no bound below U+007F.
    return text('~');
  }

  /** The text, with everything above a character escaped; above none for 0. */
  private String text(int highestPlain) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setHighestNonEscapedChar(highestPlain);
      json.writeStartObject();
      writeTo(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
