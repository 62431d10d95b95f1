package org.securechat.http.timeline;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.securechat.domain.file.FileRecord;
import org.securechat.domain.timeline.EncryptedContent;
import org.securechat.domain.timeline.Entry;
import org.securechat.domain.timeline.Page;
import org.securechat.domain.timeline.Place;
import org.securechat.domain.transcript.Seen;
import org.securechat.http.answer.Json;
import org.securechat.http.answer.JsonAnswer;
import org.securechat.http.file.FileAnswers;

/** Writes entries of timelines. */
public final class EntryAnswers {
  /** About what an entry takes on the heap beside its text or ciphertext. */
  private static final int ENTRY_BYTES = 1024;

  private EntryAnswers() {}

  /** An entry as the only member. */
  static JsonAnswer member(String name, Entry entry) {
    return Json.object(name, json -> write(json, entry));
  }

  static JsonAnswer page(Page page) {
    return json -> {
      json.writeStartObject();
      json.writeArrayFieldStart("messages");
      for (Entry entry : page.entries()) {
        write(json, entry);
      }
      json.writeEndArray();
      json.writeBooleanField("has_more", page.more());
      json.writeEndObject();
    };
  }

  static JsonAnswer readUpTo(long mark) {
    return json -> {
      json.writeStartObject();
      json.writeNumberField("read_up_to", mark);
      json.writeEndObject();
    };
  }

  /** About how many bytes of the heap entries take. */
  static long size(List<Entry> entries) {
    return entries.stream().mapToLong(EntryAnswers::size).sum();
  }

  /** About how many bytes of the heap an entry takes. */
  public static long size(Entry entry) {
    int files = entry instanceof Entry.Message message ? message.files().size() : 0;
    return (1L + files) * ENTRY_BYTES + entry.size();
  }

  /** Writes the entry JSON. */
  public static void write(JsonGenerator json, Entry entry) throws IOException {
    Place place = entry.place();
    json.writeStartObject();
    json.writeNumberField("id", place.id());
    json.writeStringField("kind", entry.kind().word());
    json.writeNumberField("conversation_id", place.conversation().value());
    json.writeNumberField("sender_id", place.sender().value());
    json.writeNumberField("epoch", place.epoch());
    json.writeStringField("created_at", Json.time(place.createdAt()));
    switch (entry) {
      case Entry.Message message -> writeMessage(json, message);
      case Entry.Epoch epoch -> {
        json.writeStringField("statement", epoch.statement());
        json.writeStringField("statement_signature", epoch.signature().toHex());
      }
      case Entry.Deletion deletion -> {
        json.writeNumberField("deleted_id", deletion.deleted());
        writeSeen(json, deletion.seen());
        json.writeStringField("signature", deletion.signature().toHex());
      }
      case Entry.Stub stub -> {
        json.writeBooleanField("stub", true);
        json.writeStringField("body_hash", stub.bodyHash().toHex());
        json.writeStringField("signature", stub.signature().toHex());
      }
    }
    json.writeEndObject();
  }

  private static void writeMessage(JsonGenerator json, Entry.Message message) throws IOException {
    json.writeStringField("client_id", message.client().value());
    json.writeNumberField("sent_at", message.sentAtMillis());
    writeSeen(json, message.seen());
    if (message.content().isPresent()) {
      EncryptedContent content = message.content().get();
      json.writeBinaryField("content", content.ciphertext());
      json.writeStringField("nonce", HexFormat.of().formatHex(content.nonce()));
    } else {
      json.writeNullField("content");
      json.writeNullField("nonce");
    }
    json.writeStringField("content_hash", message.contentHash().toHex());
    json.writeStringField("signature", message.signature().toHex());
    json.writeArrayFieldStart("files");
    for (FileRecord file : message.files()) {
      FileAnswers.write(json, file);
    }
    json.writeEndArray();
    writeExpiry(json, message);
  }

  private static void writeExpiry(JsonGenerator json, Entry.Message message) throws IOException {
    Optional<Integer> seconds = message.expiresIn();
    if (seconds.isPresent()) {
      json.writeNumberField("expires_in", seconds.get());
    } else {
      json.writeNullField("expires_in");
    }
    Json.writeOptional(json, "expires_at", message.expiresAt().map(Json::time));
  }

  private static void writeSeen(JsonGenerator json, Seen seen) throws IOException {
    json.writeObjectFieldStart("seen");
    json.writeNumberField("id", seen.entry());
    json.writeStringField("hash", seen.hash().toHex());
    json.writeEndObject();
  }
}
