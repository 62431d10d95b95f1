package org.securechat.protocol.content;

import static org.securechat.protocol.json.StrictMembers.number;
import static org.securechat.protocol.json.StrictMembers.objects;
import static org.securechat.protocol.json.StrictMembers.optionalNumber;
import static org.securechat.protocol.json.StrictMembers.optionalText;
import static org.securechat.protocol.json.StrictMembers.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.protocol.content.MessageContent.Edit;
import org.securechat.protocol.content.MessageContent.Files;
import org.securechat.protocol.content.MessageContent.Name;
import org.securechat.protocol.content.MessageContent.Reaction;
import org.securechat.protocol.content.MessageContent.Text;
import org.securechat.protocol.content.MessageContent.Unknown;
import org.securechat.protocol.file.FileKey;
import org.securechat.protocol.json.StrictJson;

/** Contents as padded JSON in UTF-8, and back. */
public final class ContentCodec {
  /** Bytes of the JSON at most, so that the ciphertext has its place in a message. */
  public static final int MAX_JSON_BYTES = 63_487;

  private static final JsonFactory JSON = new JsonFactory();

  private ContentCodec() {}

  /**
   * What is encrypted of a content.
   *
   * @throws InvalidValueException if its JSON is longer than {@value #MAX_JSON_BYTES} bytes (such a
   *     text goes as a file), if a text in it is ill-formed Unicode, or if it is {@link Unknown}
   */
  public static byte[] encode(MessageContent content) {
    byte[] json = json(content);
    if (json.length > MAX_JSON_BYTES) {
      throw new InvalidValueException(
          "A message has at most " + MAX_JSON_BYTES + " bytes; send it as a file");
    }
    return Padding.pad(json);
  }

  /**
   * Whether a content is short enough for a message.
   *
   * @throws InvalidValueException if a text in it is ill-formed Unicode, or if it is {@link
   *     Unknown}
   */
  public static boolean fits(MessageContent content) {
    return json(content).length <= MAX_JSON_BYTES;
  }

  private static byte[] json(MessageContent content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      writeMembers(content, json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("On the heap", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The content that was encrypted.
   *
   * @return {@link Unknown} for what is out of form: another member may encrypt anything
   */
  public static MessageContent decode(byte[] padded) {
    Map<String, Object> members;
    try {
      members = StrictJson.object(Padding.unpad(padded));
    } catch (InvalidValueException e) {
      return new Unknown(Optional.empty());
    }
    Optional<String> type =
        members.get("type") instanceof String text ? Optional.of(text) : Optional.empty();
    try {
      return read(type.orElse(""), members);
    } catch (InvalidValueException e) {
      return new Unknown(type);
    }
  }

  private static void writeMembers(MessageContent content, JsonGenerator json) throws IOException {
    if (content instanceof Text text) {
      json.writeStringField("type", "text");
      writeText("body", text.body(), json);
      if (text.replyTo().isPresent()) {
        json.writeNumberField("reply_to", text.replyTo().get());
      }
    } else if (content instanceof Edit edit) {
      json.writeStringField("type", "edit");
      json.writeNumberField("target", edit.target());
      writeText("body", edit.body(), json);
    } else if (content instanceof Reaction reaction) {
      json.writeStringField("type", "reaction");
      json.writeNumberField("target", reaction.target());
      writeText("emoji", reaction.emoji(), json);
    } else if (content instanceof Files files) {
      json.writeStringField("type", "file");
      json.writeArrayFieldStart("files");
      for (AttachedFile file : files.files()) {
        writeFile(file, json);
      }
      json.writeEndArray();
      if (files.body().isPresent()) {
        writeText("body", files.body().get(), json);
      }
    } else if (content instanceof Name name) {
      json.writeStringField("type", "name");
      writeText("name", name.name(), json);
    } else {
      throw new InvalidValueException("Nobody sends what they don't know");
    }
  }

  private static void writeFile(AttachedFile file, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("file_id", file.fileId());
    json.writeStringField("key", Base64Text.encode(file.key().secretBytes()));
    writeText("name", file.name(), json);
    writeText("mime_type", file.mimeType(), json);
    json.writeNumberField("size", file.size());
    json.writeStringField("sha256", file.sha256().toHex());
    json.writeEndObject();
  }

  private static void writeText(String member, String text, JsonGenerator json) throws IOException {
    json.writeStringField(member, StrictJson.requireWellFormed(text));
  }

  private static MessageContent read(String type, Map<String, Object> members) {
    return switch (type) {
      case "text" -> new Text(text(members, "body"), optionalNumber(members, "reply_to"));
      case "edit" -> new Edit(number(members, "target"), text(members, "body"));
      case "reaction" -> new Reaction(number(members, "target"), text(members, "emoji"));
      case "file" -> new Files(files(members), optionalText(members, "body"));
      case "name" -> new Name(text(members, "name"));
      default -> throw new InvalidValueException("No known type");
    };
  }

  private static List<AttachedFile> files(Map<String, Object> members) {
    return objects(members, "files").stream().map(ContentCodec::file).toList();
  }

  private static AttachedFile file(Map<?, ?> file) {
    return new AttachedFile(
        number(file, "file_id"),
        FileKey.copyOf(Base64Text.decode(text(file, "key"))),
        text(file, "name"),
        text(file, "mime_type"),
        number(file, "size"),
        hash(text(file, "sha256")));
  }

  /** In lower case only, as it stands in the header. */
  private static Sha256 hash(String hex) {
    return Sha256.parseHex(hex)
        .filter(hash -> hash.toHex().equals(hex))
        .orElseThrow(() -> new InvalidValueException("No hash"));
  }
}
