package org.securechat.http.conversation;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.securechat.domain.conversation.ConversationKeyStore;
import org.securechat.domain.conversation.ConversationName;
import org.securechat.domain.conversation.ConversationPage;
import org.securechat.domain.conversation.ConversationView;
import org.securechat.domain.conversation.EpochRecord;
import org.securechat.domain.conversation.ParticipantView;
import org.securechat.domain.conversation.WrappedKey;
import org.securechat.http.answer.Json;
import org.securechat.http.answer.JsonAnswer;

/** Writes the answers of requests about conversations. */
public final class ConversationAnswers {
  /** About what a participant takes on the heap. */
  private static final int PARTICIPANT_BYTES = 256;

  /** About what a conversation takes beside its participants. */
  private static final int CONVERSATION_BYTES = 1024;

  private ConversationAnswers() {}

  static JsonAnswer conversation(ConversationView view) {
    return Json.object("conversation", json -> write(json, view));
  }

  static JsonAnswer page(ConversationPage page) {
    return json -> {
      json.writeStartObject();
      json.writeArrayFieldStart("conversations");
      for (ConversationView view : page.conversations()) {
        write(json, view);
      }
      json.writeEndArray();
      Json.writeOptional(json, "next", page.next());
      json.writeEndObject();
    };
  }

  static JsonAnswer epochs(ConversationKeyStore.Epochs epochs) {
    return json -> {
      json.writeStartObject();
      json.writeArrayFieldStart("epochs");
      for (EpochRecord epoch : epochs.epochs()) {
        json.writeStartObject();
        json.writeNumberField("epoch", epoch.epoch());
        json.writeNumberField("entry_id", epoch.entry());
        json.writeStringField("created_at", Json.time(epoch.createdAt()));
        json.writeStringField("statement", epoch.statement());
        json.writeStringField("statement_signature", epoch.signature().toHex());
        writeKeyData(json, epoch.key());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeBooleanField("has_more", epochs.more());
      json.writeEndObject();
    };
  }

  /** About how many bytes of the heap epochs take. */
  static long size(ConversationKeyStore.Epochs epochs) {
    return epochs.epochs().stream()
        .mapToLong(epoch -> CONVERSATION_BYTES + epoch.statement().length())
        .sum();
  }

  /** About how many bytes of the heap a conversation takes. */
  public static long size(ConversationView view) {
    return CONVERSATION_BYTES
        + view.participants().map(List::size).orElse(0) * (long) PARTICIPANT_BYTES;
  }

  /** Writes the conversation JSON. */
  public static void write(JsonGenerator json, ConversationView view) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", view.id().value());
    json.writeStringField("group_id", view.group().value());
    Json.writeOptional(json, "name", view.name().map(ConversationName::value));
    json.writeStringField("created_at", Json.time(view.createdAt()));
    json.writeNumberField("epoch", view.epoch());
    json.writeBooleanField("rekey_required", view.rekeyRequired());
    json.writeNumberField("last_id", view.tip().last());
    json.writeNumberField("unread", view.unread());
    json.writeNumberField("participant_count", view.participantCount());
    writeParticipants(json, view.participants());
    if (view.key().isPresent()) {
      json.writeObjectFieldStart("key");
      json.writeNumberField("epoch", view.epoch());
      writeKeyData(json, view.key());
      json.writeEndObject();
    } else {
      json.writeNullField("key");
    }
    json.writeEndObject();
  }

  private static void writeParticipants(
      JsonGenerator json, Optional<List<ParticipantView>> participants) throws IOException {
    if (participants.isEmpty()) {
      json.writeNullField("participants");
      return;
    }
    json.writeArrayFieldStart("participants");
    for (ParticipantView participant : participants.get()) {
      json.writeStartObject();
      json.writeNumberField("user_id", participant.user().value());
      json.writeStringField("username", participant.username().value());
      json.writeStringField("public_key", participant.key().toPem());
      json.writeStringField("role", participant.role().word());
      json.writeStringField("state", participant.joinedAt().isPresent() ? "joined" : "invited");
      Json.writeOptional(json, "joined_at", participant.joinedAt().map(Json::time));
      json.writeNumberField("read_up_to", participant.readUpTo());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeKeyData(JsonGenerator json, Optional<WrappedKey> key)
      throws IOException {
    if (key.isPresent()) {
      json.writeBinaryField("key_data", key.get().toByteArray());
    } else {
      json.writeNullField("key_data");
    }
  }
}
