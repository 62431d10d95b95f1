package org.securechat.protocol.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.conversation.EntryJson;
import org.securechat.protocol.conversation.EpochKey;
import org.securechat.protocol.conversation.ReceivedEntry;
import org.securechat.protocol.conversation.SignedStatement;

/**
 * Writes an export, line by line as entries come; keeps none of them. It verifies nothing. What it
 * has written is no export before {@link #end}. For one thread at a time.
 */
public final class ExportWriter {
  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] LINE_FEED = {'\n'};

  private final OutputStream out;
  private final MessageDigest digest = Sha256.newDigest();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long entries;

  /** The members of one line. */
  private interface Members {
    void writeTo(JsonGenerator json) throws IOException;
  }

  private ExportWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes the first line.
   *
   * @param out the caller's to buffer and to close
   * @param member whose view of the conversation it is
   * @param first the epoch that added this member, the last time
   * @param firstEntry where it stands
   */
  public static ExportWriter begin(
      OutputStream out, UserId member, SignedStatement first, long firstEntry) throws IOException {
    ExportWriter writer = new ExportWriter(out);
    writer.write(json -> {
      json.writeStringField("format", ExportFormat.NAME);
      json.writeNumberField("member", member.value());
      json.writeNumberField("entry_id", firstEntry);
      json.writeStringField("statement", first.statement().text());
      json.writeStringField("statement_signature", first.signature().toHex());
    });
    return writer;
  }

  /**
   * Writes the next entry, as it was received.
   *
   * @throws InvalidValueException if it is longer than a line may be
   */
  public void entry(ReceivedEntry entry) throws IOException {
    write(json -> EntryJson.write(entry, json));
    entries++;
  }

  /** Writes the key of the epoch whose entry was the last; without it, texts can't be read. */
  public void key(EpochKey key) throws IOException {
    write(json -> {
      json.writeStringField("kind", ExportFormat.KEY);
      json.writeNumberField("epoch", key.statement().epoch());
      json.writeStringField("key", Base64Text.encode(key.conversationKey().secretBytes()));
    });
  }

  /**
   * Writes the last line.
   *
   * @param last the last entry that was verified
   */
  public void end(Seen last) throws IOException {
    String sha256 = HexFormat.of().formatHex(digest.digest());
    write(json -> {
      json.writeStringField("kind", ExportFormat.END);
      json.writeNumberField("entries", entries);
      EntryJson.writeSeen("last", last, json);
      json.writeStringField("sha256", sha256);
    });
    out.flush();
  }

  private void write(Members members) throws IOException {
    line.reset();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      members.writeTo(json);
      json.writeEndObject();
    }
    line.write(LINE_FEED);
    if (line.size() > ExportFormat.MAX_LINE) {
      throw new InvalidValueException("An entry is longer than an export can hold");
    }
    byte[] bytes = line.toByteArray();
    digest.update(bytes);
    out.write(bytes);
  }
}
