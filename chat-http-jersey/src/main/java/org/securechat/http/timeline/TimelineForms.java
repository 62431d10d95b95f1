package org.securechat.http.timeline;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.securechat.domain.file.FileId;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.ExactInteger;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.timeline.DeleteMessage;
import org.securechat.domain.timeline.EncryptedContent;
import org.securechat.domain.timeline.MessageDraft;
import org.securechat.domain.timeline.TimelineSettings;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.MessageText;
import org.securechat.domain.transcript.Seen;
import org.securechat.http.call.FieldReader;
import org.securechat.http.call.FieldReader.Field;
import org.securechat.http.call.HexText;
import org.securechat.http.json.JsonObject;

/** Reads the data of requests about timelines into values. */
final class TimelineForms {
  private static final String SIGNATURE = "signature";

  private TimelineForms() {}

  /**
   * A message.
   *
   * @param settings whose bound is told together with every other bad field
   */
  static MessageDraft message(JsonObject data, TimelineSettings settings) {
    FieldReader fields = new FieldReader(data);
    Field<ClientId> client = fields.required("client_id", ClientId::new);
    Field<Long> epoch = fields.integer("epoch", 1, ExactInteger.MAX);
    Field<Long> sentAt = fields.integer("sent_at", 0, ExactInteger.MAX);
    Field<Seen> seen = seen(fields);
    Field<byte[]> content =
        fields.required("content", text -> ciphertext(text, settings.ciphertextBytes()));
    Field<byte[]> nonce =
        fields.required("nonce", hex -> HexText.bytes(hex, MessageText.NONCE_LENGTH));
    Field<Signature> signature = fields.required(SIGNATURE, HexText::signature);
    Field<List<FileId>> files = files(fields);
    Field<Optional<Long>> expiresIn =
        fields.optionalInteger("expires_in", 1, MessageDraft.MAX_EXPIRY);
    fields.requireNoFault();
    return new MessageDraft(
        client.get(),
        epoch.get(),
        sentAt.get(),
        seen.get(),
        EncryptedContent.wrap(nonce.get(), content.get()),
        signature.get(),
        files.get(),
        expiresIn.get().map(Long::intValue));
  }

  private static byte[] ciphertext(String base64, int longest) {
    byte[] bytes = EncryptedContent.requireCiphertext(Base64Text.decode(base64));
    if (bytes.length > longest) {
      throw new InvalidValueException("Must have at most " + longest + " bytes");
    }
    return bytes;
  }

  private static Field<List<FileId>> files(FieldReader fields) {
    Set<Long> ids = new HashSet<>();
    return fields.optionalIntegers(
        "file_ids",
        MessageText.MAX_FILES,
        id -> {
          if (!ids.add(id)) {
            throw new InvalidValueException("Must not name a file twice");
          }
          return new FileId(id);
        });
  }

  static DeleteMessage.DeletionForm deletion(JsonObject data) {
    FieldReader fields = new FieldReader(data);
    Field<Long> message = fields.integer("message_id", 1, ExactInteger.MAX);
    Field<Seen> seen = seen(fields);
    Field<Signature> signature = fields.required(SIGNATURE, HexText::signature);
    fields.requireNoFault();
    return new DeleteMessage.DeletionForm(message.get(), seen.get(), signature.get());
  }

  static long upTo(JsonObject data) {
    return new FieldReader(data).integer("up_to", 0, ExactInteger.MAX).get();
  }

  private static Field<Seen> seen(FieldReader fields) {
    return fields.object(
        "seen",
        seen ->
            new Seen(
                seen.integer("id").orElseThrow(TimelineForms::incompleteSeen),
                seen.string("hash")
                    .map(HexText::sha256)
                    .orElseThrow(TimelineForms::incompleteSeen)));
  }

  private static InvalidValueException incompleteSeen() {
    return new InvalidValueException("Must have id and hash");
  }
}
