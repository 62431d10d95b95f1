package org.securechat.client.conversation;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.client.http.JsonObject;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.EntryKind;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.conversation.Ciphertext;
import org.securechat.protocol.conversation.ReceivedEntry;

/** Reads the entry JSON. What it makes is in form, and nothing more. */
final class EntryReader {
  private EntryReader() {}

  /**
   * Reads an entry.
   *
   * @throws UntrustedAnswerException if it is out of form, or another conversation's
   */
  static ReceivedEntry read(JsonObject json, ConversationId conversation) {
    try {
      if (json.number("conversation_id") != conversation.value()) {
        throw new UntrustedAnswerException("The server gives an entry of another conversation");
      }
      return read(
          json,
          json.number("id"),
          new UserId(json.number("sender_id")),
          json.number("epoch"),
          json.time("created_at"));
    } catch (InvalidValueException e) {
      throw new UntrustedAnswerException("The server gives an entry that can't be", e);
    }
  }

  private static ReceivedEntry read(
      JsonObject json, long id, UserId sender, long epoch, Instant createdAt) {
    EntryKind kind = kind(json.text("kind"));
    if (json.optionalFlag("stub")) {
      return new ReceivedEntry.Stub(
          id, sender, epoch, createdAt, kind, hash(json, "body_hash"), signature(json));
    }
    return switch (kind) {
      case MESSAGE -> message(json, id, sender, epoch, createdAt);
      case EPOCH ->
          new ReceivedEntry.Epoch(
              id,
              sender,
              epoch,
              createdAt,
              json.text("statement"),
              signature(json, "statement_signature"));
      case DELETION ->
          new ReceivedEntry.Deletion(
              id, sender, epoch, createdAt, json.number("deleted_id"), seen(json), signature(json));
    };
  }

  private static ReceivedEntry message(
      JsonObject json, long id, UserId sender, long epoch, Instant createdAt) {
    Optional<Ciphertext> ciphertext =
        json.optionalText("content")
            .map(content -> Ciphertext.copyOf(hex(json.text("nonce")), Base64Text.decode(content)));
    List<Sha256> files = json.objects("files").stream().map(file -> hash(file, "sha256")).toList();
    return new ReceivedEntry.Message(
        id,
        sender,
        epoch,
        createdAt,
        new ClientId(json.text("client_id")),
        json.number("sent_at"),
        seen(json),
        ciphertext,
        hash(json, "content_hash"),
        signature(json),
        files,
        json.optionalNumber("expires_in").orElse(0L));
  }

  private static EntryKind kind(String word) {
    for (EntryKind kind : EntryKind.values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw new InvalidValueException("No such kind of entry");
  }

  private static Seen seen(JsonObject json) {
    JsonObject seen = json.object("seen");
    return new Seen(seen.number("id"), hash(seen, "hash"));
  }

  private static Signature signature(JsonObject json) {
    return signature(json, "signature");
  }

  static Signature signature(JsonObject json, String member) {
    return Signature.parseHex(json.text(member))
        .orElseThrow(() -> new InvalidValueException("No signature"));
  }

  private static Sha256 hash(JsonObject json, String member) {
    return Sha256.parseHex(json.text(member))
        .orElseThrow(() -> new InvalidValueException("No hash"));
  }

  private static byte[] hex(String digits) {
    try {
      return HexFormat.of().parseHex(digits);
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException("No hex");
    }
  }
}
