package org.securechat.protocol.conversation;

import static org.securechat.protocol.json.StrictMembers.flag;
import static org.securechat.protocol.json.StrictMembers.number;
import static org.securechat.protocol.json.StrictMembers.object;
import static org.securechat.protocol.json.StrictMembers.objects;
import static org.securechat.protocol.json.StrictMembers.optionalNumber;
import static org.securechat.protocol.json.StrictMembers.optionalText;
import static org.securechat.protocol.json.StrictMembers.text;
import static org.securechat.protocol.json.StrictMembers.time;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.EntryKind;
import org.securechat.domain.transcript.Seen;

/**
 * An entry in the form of the API: what is signed of it, and what the server says of it. What is
 * read is in form, and nothing more.
 */
public final class EntryJson {
  private EntryJson() {}

  /**
   * Reads an entry.
   *
   * @param members as strict JSON reads them; those that no {@link ReceivedEntry} has are ignored
   * @throws InvalidValueException if it is out of form
   */
  public static ReceivedEntry read(Map<?, ?> members) {
    EntryKind kind = kind(text(members, "kind"));
    long id = number(members, "id");
    UserId sender = new UserId(number(members, "sender_id"));
    long epoch = number(members, "epoch");
    Instant createdAt = time(members, "created_at");
    if (flag(members, "stub")) {
      return new ReceivedEntry.Stub(
          id,
          sender,
          epoch,
          createdAt,
          kind,
          hash(members, "body_hash"),
          signature(members, "signature"));
    }
    return switch (kind) {
      case MESSAGE -> message(members, id, sender, epoch, createdAt);
      case EPOCH ->
          new ReceivedEntry.Epoch(
              id,
              sender,
              epoch,
              createdAt,
              text(members, "statement"),
              signature(members, "statement_signature"));
      case DELETION ->
          new ReceivedEntry.Deletion(
              id,
              sender,
              epoch,
              createdAt,
              number(members, "deleted_id"),
              readSeen(object(members, "seen")),
              signature(members, "signature"));
    };
  }

  private static ReceivedEntry message(
      Map<?, ?> members, long id, UserId sender, long epoch, Instant createdAt) {
    Optional<Ciphertext> ciphertext =
        optionalText(members, "content")
            .map(content ->
                Ciphertext.copyOf(hex(text(members, "nonce")), Base64Text.decode(content)));
    List<Sha256> files =
        objects(members, "files").stream().map(file -> hash(file, "sha256")).toList();
    return new ReceivedEntry.Message(
        id,
        sender,
        epoch,
        createdAt,
        new ClientId(text(members, "client_id")),
        number(members, "sent_at"),
        readSeen(object(members, "seen")),
        ciphertext,
        hash(members, "content_hash"),
        signature(members, "signature"),
        files,
        optionalNumber(members, "expires_in").orElse(0L));
  }

  private static EntryKind kind(String word) {
    for (EntryKind kind : EntryKind.values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw new InvalidValueException("No such kind of entry");
  }

  /** Reads a place in the log. */
  public static Seen readSeen(Map<?, ?> members) {
    return new Seen(number(members, "id"), hash(members, "hash"));
  }

  private static Signature signature(Map<?, ?> members, String name) {
    return Signature.parseHex(text(members, name))
        .orElseThrow(() -> new InvalidValueException("No signature"));
  }

  private static Sha256 hash(Map<?, ?> members, String name) {
    return Sha256.parseHex(text(members, name))
        .orElseThrow(() -> new InvalidValueException("No hash"));
  }

  private static byte[] hex(String digits) {
    try {
      return HexFormat.of().parseHex(digits);
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException("No hex");
    }
  }

  /** Writes the members that {@link #read} reads, into an object that is open. */
  public static void write(ReceivedEntry entry, JsonGenerator json) throws IOException {
    if (entry instanceof ReceivedEntry.Message message) {
      writeHead(entry, EntryKind.MESSAGE, json);
      writeMessage(message, json);
    } else if (entry instanceof ReceivedEntry.Epoch epoch) {
      writeHead(entry, EntryKind.EPOCH, json);
      json.writeStringField("statement", epoch.statement());
      json.writeStringField("statement_signature", epoch.signature().toHex());
    } else if (entry instanceof ReceivedEntry.Deletion deletion) {
      writeHead(entry, EntryKind.DELETION, json);
      json.writeNumberField("deleted_id", deletion.message());
      writeSeen("seen", deletion.seen(), json);
      json.writeStringField("signature", deletion.signature().toHex());
    } else if (entry instanceof ReceivedEntry.Stub stub) {
      writeHead(entry, stub.kind(), json);
      json.writeBooleanField("stub", true);
      json.writeStringField("body_hash", stub.body().toHex());
      json.writeStringField("signature", stub.signature().toHex());
    }
  }

  private static void writeHead(ReceivedEntry entry, EntryKind kind, JsonGenerator json)
      throws IOException {
    json.writeStringField("kind", kind.word());
    json.writeNumberField("id", entry.id());
    json.writeNumberField("sender_id", entry.sender().value());
    json.writeNumberField("epoch", entry.epoch());
    json.writeStringField("created_at", entry.createdAt().toString());
  }

  private static void writeMessage(ReceivedEntry.Message message, JsonGenerator json)
      throws IOException {
    json.writeStringField("client_id", message.client().value());
    json.writeNumberField("sent_at", message.sentAtMillis());
    writeSeen("seen", message.seen(), json);
    if (message.ciphertext().isPresent()) {
      Ciphertext ciphertext = message.ciphertext().get();
      json.writeStringField("content", Base64Text.encode(ciphertext.content()));
      json.writeStringField("nonce", HexFormat.of().formatHex(ciphertext.nonce()));
    }
    json.writeStringField("content_hash", message.contentHash().toHex());
    json.writeStringField("signature", message.signature().toHex());
    json.writeArrayFieldStart("files");
    for (Sha256 file : message.files()) {
      json.writeStartObject();
      json.writeStringField("sha256", file.toHex());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (message.expiresSeconds() > 0) {
      json.writeNumberField("expires_in", message.expiresSeconds());
    }
  }

  /** Writes a place in the log as a member of an object that is open. */
  public static void writeSeen(String name, Seen seen, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("id", seen.entry());
    json.writeStringField("hash", seen.hash().toHex());
    json.writeEndObject();
  }
}
