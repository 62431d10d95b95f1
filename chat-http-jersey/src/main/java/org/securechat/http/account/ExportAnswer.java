package org.securechat.http.account;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.securechat.domain.account.AccountExport;
import org.securechat.domain.account.Holdings;
import org.securechat.domain.conversation.ConversationView;
import org.securechat.domain.export.UserExport;
import org.securechat.domain.file.StoredFile;
import org.securechat.domain.session.Session;
import org.securechat.http.answer.Json;
import org.securechat.http.answer.JsonAnswer;
import org.securechat.http.conversation.ConversationAnswers;
import org.securechat.http.file.FileAnswers;

/** Writes everything that is held about a user. */
final class ExportAnswer {
  /** What is held beside it, and how to get at it, or why nobody does. */
  private static final List<String> NOT_EXPORTED =
      List.of(
          "entries of conversations: GET /api/conversations/{id}/messages",
          "statements and wrapped keys of epochs: GET /api/conversations/{id}/epochs",
          "bytes of files: GET /api/files/{id}",
          "the verifier of the password hash",
          "the secret of the second factor",
          "hashes of recovery codes, session cookies and login tickets",
          "digests of signed requests, kept for minutes so that they can't be used again",
          "when conversations were begun, kept for a day so that they can be counted",
          "numbers of conversations that were left");

  private ExportAnswer() {}

  static JsonAnswer of(UserExport export, Session current, Instant now) {
    AccountExport account = export.account();
    return json -> {
      json.writeStartObject();
      json.writeStringField("exported_at", Json.time(now));
      json.writeFieldName("user");
      AccountAnswers.own(account.account()).writeTo(json);
      AccountAnswers.writeSessions(json, account.sessions(), current);
      AccountAnswers.writeBlocks(json, account.blocks());
      writeConversations(json, export.conversations());
      writeFiles(json, export.files());
      writeCredentials(json, account.holdings());
      json.writeArrayFieldStart("not_exported");
      for (String other : NOT_EXPORTED) {
        json.writeString(other);
      }
      json.writeEndArray();
      json.writeEndObject();
    };
  }

  private static void writeConversations(JsonGenerator json, List<ConversationView> conversations)
      throws IOException {
    json.writeArrayFieldStart("conversations");
    for (ConversationView conversation : conversations) {
      ConversationAnswers.write(json, conversation);
    }
    json.writeEndArray();
  }

  private static void writeFiles(JsonGenerator json, List<StoredFile> files) throws IOException {
    json.writeArrayFieldStart("files");
    for (StoredFile stored : files) {
      json.writeStartObject();
      json.writeFieldName("file");
      FileAnswers.write(json, stored.file());
      json.writeNumberField("conversation_id", stored.conversation().value());
      json.writeStringField("uploaded_at", Json.time(stored.uploadedAt()));
      if (stored.entry().isPresent()) {
        json.writeNumberField("message_id", stored.entry().get());
      } else {
        json.writeNullField("message_id");
      }
      Json.writeOptional(json, "expires_at", stored.expiresAt().map(Json::time));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeCredentials(JsonGenerator json, Holdings holdings) throws IOException {
    json.writeObjectFieldStart("credentials");
    json.writeNumberField("recovery_codes_left", holdings.recoveryCodes());
    json.writeNumberField("used_totp_steps", holdings.usedSteps());
    json.writeNumberField("login_tickets", holdings.tickets());
    json.writeNumberField("failed_attempts_signed", holdings.failedAttempts().signed());
    json.writeNumberField("failed_attempts_unsigned", holdings.failedAttempts().unsigned());
    json.writeEndObject();
  }
}
