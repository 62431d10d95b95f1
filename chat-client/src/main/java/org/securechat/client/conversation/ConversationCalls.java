package org.securechat.client.conversation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.securechat.client.failure.ChatException;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.client.http.Call;
import org.securechat.client.http.FileBody;
import org.securechat.client.http.JsonMembers;
import org.securechat.client.http.JsonObject;
import org.securechat.client.http.SessionCalls;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.DeletionText;
import org.securechat.domain.transcript.GroupId;
import org.securechat.domain.transcript.MessageText;
import org.securechat.protocol.conversation.EntryJson;
import org.securechat.protocol.conversation.OutgoingMessage;
import org.securechat.protocol.conversation.ReceivedEntry;
import org.securechat.protocol.conversation.SignedStatement;
import org.securechat.protocol.conversation.WrappedConversationKey;

/** The requests about conversations, by types; what may be repeated is. */
final class ConversationCalls {
  private static final int PAGE = 100;
  private static final String CONVERSATIONS = "/api/conversations";

  private final SessionCalls calls;
  private final Retries retries;

  ConversationCalls(SessionCalls calls, Retries retries) {
    this.calls = calls;
    this.retries = retries;
  }

  /** Waits before a call is tried again; false if that would be too long. */
  boolean waited(ChatException failure, int tries) {
    return retries.waited(failure, tries);
  }

  /** A page of the list of conversations. */
  record Listed(List<ConversationInfo> conversations, Optional<String> next) {}

  /** An epoch by the server's word, with the caller's wrapped key. */
  record KnownEpoch(long entry, SignedStatement signed, Optional<WrappedConversationKey> key) {}

  /** Part of a list, and whether there is more. */
  record Part<T>(List<T> items, boolean more) {}

  private JsonObject get(String target) {
    return retries.repeat(() -> calls.send(Call.get(target)).json());
  }

  /** Not repeated: the server would take it for another request. */
  private JsonObject post(String path, JsonMembers data) {
    return calls.send(Call.post(path, data)).json();
  }

  private static String path(ConversationId id, String end) {
    return CONVERSATIONS + "/" + id.value() + end;
  }

  Listed list(Optional<String> cursor) {
    JsonObject json =
        get(CONVERSATIONS + "?limit=" + PAGE + cursor.map(text -> "&cursor=" + text).orElse(""));
    return new Listed(
        json.objects("conversations").stream().map(ConversationCalls::info).toList(),
        json.optionalText("next"));
  }

  ConversationInfo find(ConversationId id) {
    return info(get(path(id, "")).object("conversation"), id);
  }

  private static ConversationInfo info(JsonObject json, ConversationId expected) {
    ConversationInfo info = info(json);
    if (!info.id().equals(expected)) {
      throw new UntrustedAnswerException("The server answers for another conversation");
    }
    return info;
  }

  static ConversationInfo info(JsonObject json) {
    try {
      return new ConversationInfo(
          new ConversationId(json.number("id")),
          new GroupId(json.text("group_id")),
          json.time("created_at"),
          json.number("epoch"),
          json.flag("rekey_required"),
          json.number("last_id"),
          Math.toIntExact(json.number("unread")),
          Math.toIntExact(json.number("participant_count")),
          json.optionalObjects("participants")
              .map(all -> all.stream().map(ConversationCalls::participant).toList()));
    } catch (InvalidValueException | ArithmeticException e) {
      throw new UntrustedAnswerException("The server names a conversation that can't be", e);
    }
  }

  private static ConversationInfo.Participant participant(JsonObject json) {
    return new ConversationInfo.Participant(
        new UserId(json.number("user_id")),
        new Username(json.text("username")),
        json.text("state").equals("joined"),
        json.number("read_up_to"));
  }

  Part<KnownEpoch> epochs(ConversationId id, long from) {
    JsonObject json = get(path(id, "/epochs?limit=" + PAGE + "&from=" + from));
    try {
      return new Part<>(
          json.objects("epochs").stream().map(ConversationCalls::epoch).toList(),
          json.flag("has_more"));
    } catch (InvalidValueException e) {
      throw new UntrustedAnswerException("The server names an epoch that can't be", e);
    }
  }

  private static KnownEpoch epoch(JsonObject json) {
    return new KnownEpoch(
        json.number("entry_id"),
        SignedStatement.parse(json.text("statement"), json.text("statement_signature")),
        json.optionalText("key_data").map(WrappedConversationKey::parse));
  }

  Part<ReceivedEntry> entriesAfter(ConversationId id, long after) {
    JsonObject json = get(path(id, "/messages?limit=" + PAGE + "&after=" + after));
    return new Part<>(
        json.objects("messages").stream().map(entry -> EntryReader.read(entry, id)).toList(),
        json.flag("has_more"));
  }

  /**
   * Begins a conversation; once, because the server remembers the group.
   *
   * @param keys for every member of the statement
   */
  ConversationInfo start(
      GroupId group, SignedStatement signed, Map<UserId, WrappedConversationKey> keys) {
    return info(
        post(
                CONVERSATIONS,
                json -> {
                  json.writeStringField("group_id", group.value());
                  writeStatement(signed, keys).writeTo(json);
                })
            .object("conversation"));
  }

  void startEpoch(
      ConversationId id, SignedStatement signed, Map<UserId, WrappedConversationKey> keys) {
    post(
        path(id, "/epochs"),
        json -> {
          json.writeNumberField("epoch", signed.statement().epoch());
          writeStatement(signed, keys).writeTo(json);
        });
  }

  private static JsonMembers writeStatement(
      SignedStatement signed, Map<UserId, WrappedConversationKey> keys) {
    return json -> {
      json.writeStringField("statement", signed.statement().text());
      json.writeStringField("statement_signature", signed.signature().toHex());
      json.writeArrayFieldStart("keys");
      for (Map.Entry<UserId, WrappedConversationKey> key : keys.entrySet()) {
        json.writeStartObject();
        json.writeNumberField("user_id", key.getKey().value());
        json.writeStringField("key_data", key.getValue().keyData());
        json.writeEndObject();
      }
      json.writeEndArray();
    };
  }

  /** Joins; again is no mistake. */
  void join(ConversationId id) {
    post(path(id, "/join"), JsonMembers.NONE);
  }

  void leave(ConversationId id) {
    post(path(id, "/leave"), JsonMembers.NONE);
  }

  /** Sends a message, as often as it takes: its client id makes it one. */
  ReceivedEntry send(ConversationId id, OutgoingMessage message, List<Long> files) {
    JsonMembers data = message(message, files);
    JsonObject entry = retries.repeat(() -> post(path(id, "/messages"), data)).object("message");
    return EntryReader.read(entry, id);
  }

  private static JsonMembers message(OutgoingMessage message, List<Long> files) {
    MessageText header = message.header();
    return json -> {
      json.writeStringField("client_id", header.client().value());
      json.writeNumberField("epoch", header.epoch());
      json.writeNumberField("sent_at", header.sentAtMillis());
      EntryJson.writeSeen("seen", header.seen(), json);
      json.writeStringField("content", Base64Text.encode(message.ciphertext().content()));
      json.writeStringField("nonce", HexFormat.of().formatHex(message.ciphertext().nonce()));
      json.writeStringField("signature", message.signature().toHex());
      json.writeArrayFieldStart("file_ids");
      for (long file : files) {
        json.writeNumber(file);
      }
      json.writeEndArray();
      if (header.expiresSeconds() > 0) {
        json.writeNumberField("expires_in", header.expiresSeconds());
      }
    };
  }

  /** Deletes a message; again gives the first deletion. */
  ReceivedEntry delete(ConversationId id, DeletionText text, Signature signature) {
    JsonObject entry =
        retries
            .repeat(() ->
                post(
                    path(id, "/deletions"),
                    json -> {
                      json.writeNumberField("message_id", text.message());
                      EntryJson.writeSeen("seen", text.seen(), json);
                      json.writeStringField("signature", signature.toHex());
                    }))
            .object("entry");
    return EntryReader.read(entry, id);
  }

  long markRead(ConversationId id, long upTo) {
    return retries
        .repeat(() -> post(path(id, "/read"), json -> json.writeNumberField("up_to", upTo)))
        .number("read_up_to");
  }

  /**
   * Uploads a ciphertext; returns the server's number of it. One whose answer was lost is nobody's,
   * and the server removes it in time.
   *
   * @throws IOException if the file can't be read, or has changed
   */
  long upload(ConversationId id, SealedFile sealed, LongConsumer progress) throws IOException {
    String target = path(id, "/files?filename=file&mime_type=application/octet-stream");
    FileBody body = sealed.body(progress);
    JsonObject file;
    try {
      file =
          retries
              .repeat(() -> sealed.sending(() -> calls.send(Call.upload(target, body)).json()))
              .object("file");
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (!file.text("sha256").equals(body.sha256().toHex())) {
      throw new UntrustedAnswerException("The server has kept another file");
    }
    return file.number("id");
  }

  InputStream download(long file, long maxBytes) {
    return retries.repeat(() -> calls.download(Call.get("/api/files/" + file), maxBytes));
  }

  /** What has happened, by the server's word. */
  JsonObject sync(Map<ConversationId, Long> after, Duration wait) {
    JsonMembers data =
        json -> {
          json.writeObjectFieldStart("after");
          for (Map.Entry<ConversationId, Long> known : after.entrySet()) {
            json.writeNumberField(Long.toString(known.getKey().value()), known.getValue());
          }
          json.writeEndObject();
          json.writeNumberField("wait", wait.toSeconds());
        };
    return retries.repeat(() -> calls.send(Call.post("/api/sync", data).waiting(wait)).json());
  }

  /** A user's keys as the server has them now, by the whole name. */
  JsonObject user(Username name) {
    return get("/api/users/" + name.value());
  }

  static UserId id(JsonObject user) {
    try {
      return new UserId(user.number("id"));
    } catch (InvalidValueException e) {
      throw new UntrustedAnswerException("The server names a user that can't be", e);
    }
  }

  static IdentityKey identityKey(JsonObject user) {
    return user.text("public_key", IdentityKey::parsePem);
  }
}
