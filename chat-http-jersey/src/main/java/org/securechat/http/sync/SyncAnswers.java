package org.securechat.http.sync;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.securechat.domain.sync.SyncAnswer;
import org.securechat.domain.sync.SyncEvent;
import org.securechat.http.answer.JsonAnswer;
import org.securechat.http.conversation.ConversationAnswers;
import org.securechat.http.timeline.EntryAnswers;

/** Writes what a client has missed. */
final class SyncAnswers {
  private SyncAnswers() {}

  static JsonAnswer answer(SyncAnswer answer) {
    return json -> {
      json.writeStartObject();
      json.writeArrayFieldStart("events");
      for (SyncEvent event : answer.events()) {
        write(json, event);
      }
      json.writeEndArray();
      json.writeBooleanField("more", answer.more());
      json.writeEndObject();
    };
  }

  /** About how many bytes of the heap an answer takes. */
  static long size(SyncAnswer answer) {
    return answer.events().stream().mapToLong(SyncAnswers::size).sum();
  }

  private static long size(SyncEvent event) {
    return switch (event) {
      case SyncEvent.Appended appended -> EntryAnswers.size(appended.entry());
      case SyncEvent.Shaped shaped -> ConversationAnswers.size(shaped.conversation());
      case SyncEvent.Removed removed -> 0;
      case SyncEvent.Read read -> 0;
    };
  }

  private static void write(JsonGenerator json, SyncEvent event) throws IOException {
    json.writeStartObject();
    switch (event) {
      case SyncEvent.Appended appended -> {
        json.writeStringField("type", "entry");
        json.writeFieldName("entry");
        EntryAnswers.write(json, appended.entry());
      }
      case SyncEvent.Shaped shaped -> {
        json.writeStringField("type", "conversation");
        json.writeFieldName("conversation");
        ConversationAnswers.write(json, shaped.conversation());
      }
      case SyncEvent.Removed removed -> {
        json.writeStringField("type", "removed");
        json.writeNumberField("conversation_id", removed.conversation().value());
      }
      case SyncEvent.Read read -> {
        json.writeStringField("type", "read");
        json.writeNumberField("conversation_id", read.conversation().value());
        json.writeNumberField("user_id", read.user().value());
        json.writeNumberField("up_to", read.upTo());
      }
    }
    json.writeEndObject();
  }
}
