package org.securechat.http.file;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.securechat.domain.file.FileRecord;
import org.securechat.http.answer.Json;
import org.securechat.http.answer.JsonAnswer;

/** Writes what is told about files. */
public final class FileAnswers {
  private FileAnswers() {}

  static JsonAnswer file(FileRecord file) {
    return Json.object("file", json -> write(json, file));
  }

  /** Writes the file JSON. */
  public static void write(JsonGenerator json, FileRecord file) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", file.id().value());
    json.writeStringField("filename", file.name().value());
    json.writeStringField("mime_type", file.mimeType().value());
    json.writeNumberField("file_size", file.size());
    json.writeStringField("sha256", file.sha256().toHex());
    json.writeEndObject();
  }
}
