package org.securechat.protocol.conversation;

import static org.securechat.protocol.vectors.Drawn.hex;
import static org.securechat.protocol.vectors.VectorFile.object;
import static org.securechat.protocol.vectors.VectorFile.with;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.EntryKind;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.vectors.Json;

/** Entries as the server's API writes them, and back. */
final class WireJson {
  private static final long CONVERSATION = 77;

  private WireJson() {}

  static Map<String, Object> of(Seen seen) {
    return object("id", seen.entry(), "hash", seen.hash().toHex());
  }

  static Seen seen(Json seen) {
    return new Seen(seen.longNumber("id"), Sha256.copyOf(seen.hex("hash")));
  }

  static Map<String, Object> of(Member person) {
    return object(
        "user_id",
        person.user().value(),
        "username",
        person.name().value(),
        "identity_key",
        person.key().toHex());
  }

  static Member person(Json person) {
    return new Member(
        new UserId(person.longNumber("user_id")),
        Role.MEMBER,
        IdentityKey.copyOf(person.hex("identity_key")),
        new Username(person.text("username")));
  }

  static Map<String, Object> of(ReceivedEntry entry) {
    if (entry instanceof ReceivedEntry.Message message) {
      return message(message);
    }
    if (entry instanceof ReceivedEntry.Deletion deletion) {
      return with(
          head(entry, EntryKind.DELETION),
          "deleted_id",
          deletion.message(),
          "seen",
          of(deletion.seen()),
          "signature",
          deletion.signature().toHex());
    }
    if (entry instanceof ReceivedEntry.Epoch epoch) {
      return with(
          head(entry, EntryKind.EPOCH),
          "statement",
          epoch.statement(),
          "statement_signature",
          epoch.signature().toHex());
    }
    ReceivedEntry.Stub stub = (ReceivedEntry.Stub) entry;
    return with(
        head(entry, stub.kind()),
        "stub",
        true,
        "body_hash",
        stub.body().toHex(),
        "signature",
        stub.signature().toHex());
  }

  private static Map<String, Object> message(ReceivedEntry.Message message) {
    Optional<Ciphertext> ciphertext = message.ciphertext();
    List<Map<String, Object>> files = new ArrayList<>();
    for (Sha256 hash : message.files()) {
      files.add(
          object(
              "id",
              100 + files.size(),
              "filename",
              "file",
              "mime_type",
              "application/octet-stream",
              "file_size",
              16,
              "sha256",
              hash.toHex()));
    }
    boolean expires = message.expiresSeconds() > 0;
    return with(
        head(message, EntryKind.MESSAGE),
        "client_id",
        message.client().value(),
        "sent_at",
        message.sentAtMillis(),
        "seen",
        of(message.seen()),
        "content",
        ciphertext.map(sealed -> Base64Text.encode(sealed.content())).orElse(null),
        "nonce",
        ciphertext.map(sealed -> hex(sealed.nonce())).orElse(null),
        "content_hash",
        message.contentHash().toHex(),
        "signature",
        message.signature().toHex(),
        "files",
        files,
        "expires_in",
        expires ? message.expiresSeconds() : null,
        "expires_at",
        expires ? message.createdAt().plusSeconds(message.expiresSeconds()).toString() : null);
  }

  private static Map<String, Object> head(ReceivedEntry entry, EntryKind kind) {
    return object(
        "id",
        entry.id(),
        "kind",
        kind.word(),
        "conversation_id",
        CONVERSATION,
        "sender_id",
        entry.sender().value(),
        "epoch",
        entry.epoch(),
        "created_at",
        entry.createdAt().toString());
  }

  static ReceivedEntry entry(Json json) {
    EntryKind kind = EntryKind.valueOf(json.text("kind").toUpperCase(Locale.ROOT));
    long id = json.longNumber("id");
    UserId sender = new UserId(json.longNumber("sender_id"));
    long epoch = json.longNumber("epoch");
    Instant createdAt = Instant.parse(json.text("created_at"));
    if (json.has("stub")) {
      return new ReceivedEntry.Stub(
          id,
          sender,
          epoch,
          createdAt,
          kind,
          Sha256.copyOf(json.hex("body_hash")),
          signature(json, "signature"));
    }
    return switch (kind) {
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
              id,
              sender,
              epoch,
              createdAt,
              json.longNumber("deleted_id"),
              seen(json.get("seen")),
              signature(json, "signature"));
      case MESSAGE ->
          new ReceivedEntry.Message(
              id,
              sender,
              epoch,
              createdAt,
              new ClientId(json.text("client_id")),
              json.longNumber("sent_at"),
              seen(json.get("seen")),
              json.has("content")
                  ? Optional.of(
                      Ciphertext.copyOf(json.hex("nonce"), Base64Text.decode(json.text("content"))))
                  : Optional.empty(),
              Sha256.copyOf(json.hex("content_hash")),
              signature(json, "signature"),
              json.items("files").map(file -> Sha256.copyOf(file.hex("sha256"))).toList(),
              json.has("expires_in") ? json.longNumber("expires_in") : 0);
    };
  }

  private static Signature signature(Json json, String name) {
    return Signature.copyOf(json.hex(name));
  }
}
