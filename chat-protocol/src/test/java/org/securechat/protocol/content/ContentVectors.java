package org.securechat.protocol.content;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.securechat.protocol.vectors.Drawn.draw;
import static org.securechat.protocol.vectors.Drawn.hex;
import static org.securechat.protocol.vectors.Drawn.unhex;
import static org.securechat.protocol.vectors.Failure.UNKNOWN_CONTENT;
import static org.securechat.protocol.vectors.VectorFile.object;
import static org.securechat.protocol.vectors.VectorFile.vector;
import static org.securechat.protocol.vectors.VectorFile.with;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.Sha256;
import org.securechat.protocol.content.MessageContent.Edit;
import org.securechat.protocol.content.MessageContent.Files;
import org.securechat.protocol.content.MessageContent.Name;
import org.securechat.protocol.content.MessageContent.Reaction;
import org.securechat.protocol.content.MessageContent.Text;
import org.securechat.protocol.content.MessageContent.Unknown;
import org.securechat.protocol.file.FileKey;
import org.securechat.protocol.vectors.Json;
import org.securechat.protocol.vectors.VectorFile;
import org.securechat.protocol.vectors.VectorFormat;

/** The JSON of each type of message. */
public final class ContentVectors implements VectorFormat {

  @Override
  public String fileName() {
    return "content.json";
  }

  @Override
  public VectorFile make() {
    return new VectorFile("4. Messages", "content of a message", cases(), refused());
  }

  private static AttachedFile file(long id) {
    return new AttachedFile(
        id,
        FileKey.copyOf(draw("file key " + id)),
        "../\u202egpj.exe",
        "text/html",
        65_537,
        Sha256.copyOf(draw("ciphertext " + id)));
  }

  private static List<Map<String, Object>> cases() {
    // M-10, M-11, G-8
    List<Map<String, Object>> cases = new ArrayList<>();
    cases.add(written("text", new Text("hello", Optional.empty())));
    cases.add(written("empty text", new Text("", Optional.empty())));
    cases.add(
        written(
            "text of any characters",
            new Text("\u0000\n\"\\/\u202e\ud83d\ude80", Optional.empty())));
    cases.add(written("reply", new Text("yes", Optional.of(7L))));
    cases.add(written("edit", new Edit(7, "better")));
    cases.add(written("reaction", new Reaction((1L << 53) - 1, "\ud83d\udc4d")));
    cases.add(written("name", new Name("the team")));
    cases.add(written("a file", new Files(List.of(file(1)), Optional.empty())));
    cases.add(
        written("two files and a text", new Files(List.of(file(2), file(1)), Optional.of("look"))));
    cases.add(
        read("white space", " {\n\t\"type\" : \"name\" ,\r\"name\": \"x\" } ", new Name("x")));
    cases.add(
        read(
            "members in another order",
            "{\"reply_to\":7,\"body\":\"a\",\"type\":\"text\"}",
            new Text("a", Optional.of(7L))));
    cases.add(
        read(
            "escapes",
            "{\"type\":\"text\",\"body\":\"\\u0061\\ud83d\\ude80\\/\"}",
            new Text("a\ud83d\ude80/", Optional.empty())));
    cases.add(
        read(
            "a null is as good as nothing",
            "{\"type\":\"text\",\"body\":\"a\",\"reply_to\":null}",
            new Text("a", Optional.empty())));
    cases.add(
        read(
            "members that nobody knows",
            "{\"type\":\"text\",\"body\":\"a\",\"mood\":{\"x\":[1.5,null,true,1e400]}}",
            new Text("a", Optional.empty())));
    cases.add(
        read(
            "a number that is longer than any reader keeps",
            "{\"type\":\"name\",\"name\":\"x\",\"y\":" + "9".repeat(2000) + "}",
            new Name("x")));
    cases.add(
        read(
            "32 levels",
            "{\"type\":\"name\",\"name\":\"x\",\"y\":" + "[".repeat(31) + "]".repeat(31) + "}",
            new Name("x")));
    return cases;
  }

  private static Map<String, Object> written(String name, MessageContent content) {
    return read(name, new String(Padding.unpad(ContentCodec.encode(content)), UTF_8), content);
  }

  private static Map<String, Object> read(String name, String json, MessageContent content) {
    return vector(name, "json", json, "content", members(content));
  }

  private static List<Map<String, Object>> refused() {
    List<Map<String, Object>> refused = new ArrayList<>();
    refuseJson(refused);
    refuseTypes(refused);
    refuseFiles(refused);
    return refused;
  }

  private static void refuseJson(List<Map<String, Object>> refused) {
    // G-7, M-12
    refused.add(unreadable("nothing", ""));
    refused.add(unreadable("a list", "[]"));
    refused.add(unreadable("a text", "\"text\""));
    refused.add(unreadable("cut", "{\"type\":\"text\",\"body\":\"a\""));
    refused.add(unreadable("a member twice", "{\"type\":\"text\",\"body\":\"a\",\"body\":\"b\"}"));
    refused.add(
        unreadable(
            "a member twice, once escaped",
            "{\"type\":\"text\",\"body\":\"a\",\"bod\\u0079\":\"b\"}"));
    refused.add(
        unreadable(
            "a member twice further in",
            "{\"type\":\"text\",\"body\":\"a\",\"x\":{\"y\":1,\"y\":2}}"));
    refused.add(unreadable("something behind it", "{\"type\":\"text\",\"body\":\"a\"} x"));
    refused.add(unreadable("a second object", "{\"type\":\"text\",\"body\":\"a\"}{}"));
    refused.add(unreadable("a byte order mark", "\ufeff{\"type\":\"text\",\"body\":\"a\"}"));
    refused.add(unreadable("half a surrogate pair", "{\"type\":\"text\",\"body\":\"\\ud800\"}"));
    refused.add(
        unreadable("half a pair in a name", "{\"type\":\"text\",\"body\":\"a\",\"\\udc00\":1}"));
    refused.add(unreadable("single quotes", "{\"type\":\"text\",\"body\":'a'}"));
    refused.add(unreadable("a name without quotes", "{type:\"text\",\"body\":\"a\"}"));
    refused.add(unreadable("a comment", "{\"type\":\"text\",/**/\"body\":\"a\"}"));
    refused.add(unreadable("a comma too many", "{\"type\":\"text\",\"body\":\"a\",}"));
    refused.add(unreadable("a line break in a text", "{\"type\":\"text\",\"body\":\"a\nb\"}"));
    refused.add(unreadable("NaN", "{\"type\":\"text\",\"body\":\"a\",\"x\":NaN}"));
    refused.add(unreadable("a leading zero", "{\"type\":\"text\",\"body\":\"a\",\"x\":01}"));
    refused.add(
        unreadable(
            "33 levels",
            "{\"type\":\"name\",\"name\":\"x\",\"y\":" + "[".repeat(32) + "]".repeat(32) + "}"));
    byte[] bytes = "{\"type\":\"text\",\"body\":\"_\"}".getBytes(UTF_8);
    bytes[23] = (byte) 0xff;
    refused.add(unreadableBytes("no UTF-8", bytes));
    refused.add(
        unreadableBytes(
            "a surrogate in UTF-8",
            unhex(
                hex("{\"type\":\"text\",\"body\":\"".getBytes(UTF_8))
                    + "eda080"
                    + hex("\"}".getBytes(UTF_8)))));
    refused.add(
        unreadableBytes(
            "an overlong character",
            unhex(
                hex("{\"type\":\"text\",\"body\":\"".getBytes(UTF_8))
                    + "c0af"
                    + hex("\"}".getBytes(UTF_8)))));
    refused.add(unreadableBytes("UTF-16", "{\"type\":\"text\",\"body\":\"a\"}".getBytes(UTF_16LE)));
    refused.add(unreadable("no type", "{\"body\":\"a\"}"));
    refused.add(unreadable("a type that is no text", "{\"type\":1,\"body\":\"a\"}"));
  }

  private static void refuseTypes(List<Map<String, Object>> refused) {
    // G-8, M-12
    refused.add(unknown("a later type", "poll", "{\"type\":\"poll\",\"question\":\"?\"}"));
    refused.add(unknown("a type in upper case", "Text", "{\"type\":\"Text\",\"body\":\"a\"}"));
    refused.add(unknown("a text without a body", "text", "{\"type\":\"text\"}"));
    refused.add(unknown("a body that is no text", "text", "{\"type\":\"text\",\"body\":1}"));
    refused.add(unknown("a body that is null", "text", "{\"type\":\"text\",\"body\":null}"));
    for (String id :
        List.of("0", "-1", "9007199254740992", "1.5", "1.0", "1e0", "\"1\"", "true", "[1]")) {
      refused.add(
          unknown(
              "a reply to " + id,
              "text",
              "{\"type\":\"text\",\"body\":\"a\",\"reply_to\":" + id + "}"));
    }
    refused.add(unknown("an edit of nothing", "edit", "{\"type\":\"edit\",\"body\":\"a\"}"));
    refused.add(unknown("an edit without a body", "edit", "{\"type\":\"edit\",\"target\":1}"));
    refused.add(
        unknown("an edit of entry 0", "edit", "{\"type\":\"edit\",\"target\":0,\"body\":\"a\"}"));
    refused.add(
        unknown("a reaction to nothing", "reaction", "{\"type\":\"reaction\",\"emoji\":\"+\"}"));
    refused.add(
        unknown("a reaction without a sign", "reaction", "{\"type\":\"reaction\",\"target\":1}"));
    refused.add(unknown("a name without one", "name", "{\"type\":\"name\"}"));
  }

  private static void refuseFiles(List<Map<String, Object>> refused) {
    // M-11, M-12
    String good =
        new String(
            Padding.unpad(ContentCodec.encode(new Files(List.of(file(1)), Optional.empty()))),
            UTF_8);
    String hash = file(1).sha256().toHex();
    String key = Base64Text.encode(file(1).key().secretBytes());
    refused.add(unknown("no files", "file", "{\"type\":\"file\"}"));
    refused.add(unknown("an empty list of files", "file", "{\"type\":\"file\",\"files\":[]}"));
    refused.add(unknown("a file that is null", "file", "{\"type\":\"file\",\"files\":[null]}"));
    refused.add(unknown("a file that is a number", "file", "{\"type\":\"file\",\"files\":[1]}"));
    refused.add(
        unknown(
            "33 files",
            "file",
            "{\"type\":\"file\",\"files\":["
                + String.join(",", Collections.nCopies(33, good.substring(24, good.length() - 2)))
                + "]}"));
    for (String member : List.of("file_id", "key", "name", "mime_type", "size", "sha256")) {
      refused.add(
          unknown("a file without " + member, "file", good.replace("\"" + member + "\"", "\"x\"")));
    }
    refused.add(unknown("file 0", "file", good.replace("\"file_id\":1", "\"file_id\":0")));
    refused.add(unknown("a negative size", "file", good.replace("65537", "-1")));
    refused.add(unknown("a size of 2^53", "file", good.replace("65537", "9007199254740992")));
    refused.add(
        unknown(
            "a key of 31 bytes",
            "file",
            good.replace(key, Base64Text.encode(draw("file key 1", 31)))));
    refused.add(unknown("a key that is no base64", "file", good.replace(key, "*" + key)));
    refused.add(
        unknown("a hash in upper case", "file", good.replace(hash, hash.toUpperCase(Locale.ROOT))));
    refused.add(unknown("a hash of 31 bytes", "file", good.replace(hash, hash.substring(2))));
    refused.add(
        unknown(
            "a body that is no text, beside a file",
            "file",
            good.substring(0, good.length() - 1) + ",\"body\":1}"));
  }

  private static Map<String, Object> unreadable(String name, String json) {
    return vector(name, "json", json, "failure", UNKNOWN_CONTENT, "claimed_type", null);
  }

  private static Map<String, Object> unreadableBytes(String name, byte[] json) {
    return vector(name, "json_bytes", hex(json), "failure", UNKNOWN_CONTENT, "claimed_type", null);
  }

  private static Map<String, Object> unknown(String name, String type, String json) {
    return vector(name, "json", json, "failure", UNKNOWN_CONTENT, "claimed_type", type);
  }

  /** A content's members, in a form that says what is absent, too. */
  public static Map<String, Object> members(MessageContent content) {
    if (content instanceof Text text) {
      return object("type", "text", "body", text.body(), "reply_to", text.replyTo().orElse(null));
    }
    if (content instanceof Edit edit) {
      return object("type", "edit", "target", edit.target(), "body", edit.body());
    }
    if (content instanceof Reaction reaction) {
      return object("type", "reaction", "target", reaction.target(), "emoji", reaction.emoji());
    }
    if (content instanceof Files files) {
      return object(
          "type",
          "file",
          "files",
          files.files().stream().map(ContentVectors::members).toList(),
          "body",
          files.body().orElse(null));
    }
    if (content instanceof Name room) {
      return object("type", "name", "name", room.name());
    }
    return object("type", "unknown", "claimed_type", claimed((Unknown) content));
  }

  private static @Nullable String claimed(Unknown unknown) {
    return unknown.type().orElse(null);
  }

  private static Map<String, Object> members(AttachedFile file) {
    return object(
        "file_id",
        file.fileId(),
        "key",
        hex(file.key().secretBytes()),
        "name",
        file.name(),
        "mime_type",
        file.mimeType(),
        "size",
        file.size(),
        "sha256",
        file.sha256().toHex());
  }

  @Override
  public Map<String, Object> outcome(Json vector) {
    byte[] json =
        vector.has("json") ? vector.text("json").getBytes(UTF_8) : vector.hex("json_bytes");
    MessageContent content = ContentCodec.decode(Padding.pad(json));
    if (content instanceof Unknown unknown) {
      return with(object("failure", UNKNOWN_CONTENT), "claimed_type", claimed(unknown));
    }
    assertEquals(content, ContentCodec.decode(ContentCodec.encode(content)));
    return Map.of("content", members(content));
  }
}
