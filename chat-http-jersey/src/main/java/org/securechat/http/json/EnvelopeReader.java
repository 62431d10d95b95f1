package org.securechat.http.json;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.request.Envelope;
import org.securechat.domain.request.RequestContext;

/**
 * Reads request bodies (RFC 8259, read strictly): signed envelopes and bare objects. Each method
 * takes one pass over the bytes, keeps a reference to them, and throws nothing but {@link
 * MalformedJsonException}. The caller bounds the size. May be used by any number of threads.
 */
public final class EnvelopeReader {

  private EnvelopeReader() {}

  /**
   * Reads an envelope from the bytes {@code from} up to, not including, {@code to}.
   *
   * @throws MalformedJsonException also for a top-level member that an envelope hasn't
   */
  public static SignedBody read(byte[] body, int from, int to) {
    return JsonText.readAll(body, from, to, EnvelopeReader::envelope);
  }

  /**
   * Reads an envelope from the value of a header, which is ASCII.
   *
   * @throws MalformedJsonException also for any other character
   */
  public static SignedBody readHeader(String value) {
    byte[] text = new byte[value.length()];
    for (int i = 0; i < text.length; i++) {
      if (value.charAt(i) > 0x7F) {
        throw new MalformedJsonException();
      }
      text[i] = (byte) value.charAt(i);
    }
    return read(text, 0, text.length);
  }

  /** Reads the bare object of a request that is signed elsewhere, or not at all. */
  public static JsonObject readObject(byte[] body, int from, int to) {
    return JsonText.readAll(
        body,
        from,
        to,
        text -> {
          text.expect(JsonToken.START_OBJECT);
          return new JsonObject(text.members());
        });
  }

  private static SignedBody envelope(JsonText text) throws IOException {
    String signature = null;
    String timestamp = null;
    Envelope.DataText dataText = null;
    JsonObject data = JsonObject.empty();
    text.expect(JsonToken.START_OBJECT);
    for (String name = text.nextName(); name != null; name = text.nextName()) {
      switch (name) {
        case "signature" -> signature = signature(text.nextMember());
        case "timestamp" -> timestamp = jsonText(text.nextMember());
        case "data" -> {
          JsonToken token = text.next();
          if (token == JsonToken.START_OBJECT) {
            int start = text.tokenStart();
            data = new JsonObject(text.members());
            dataText = Envelope.DataText.wrap(text.compact(start, text.tokenEnd()));
          } else {
            text.skip();
          }
        }
        default -> throw new MalformedJsonException();
      }
    }
    return new SignedBody(new Envelope(signature, timestamp, dataText, context(data)), data);
  }

  private static @Nullable String signature(JsonMember member) {
    if (member instanceof JsonMember.Text text) {
      return text.value();
    }
    String text = jsonText(member);
    // A number of 128 digits would look like a signature; white space doesn't change a JSON text.
    return text == null ? null : " " + text;
  }

  private static @Nullable String jsonText(JsonMember member) {
    return switch (member) {
      case JsonMember.Text text -> '"' + text.value() + '"';
      case JsonMember.NumberText number -> number.text();
      case JsonMember.Bool bool -> bool == JsonMember.Bool.TRUE ? "true" : "false";
      case JsonMember.Nested nested ->
          new String(
              nested.bytes(), nested.from(), nested.to() - nested.from(), StandardCharsets.UTF_8);
      case JsonMember.Null.NULL -> null;
    };
  }

  private static @Nullable RequestContext context(JsonObject data) {
    if (!data.has("_ctx")) {
      return null;
    }
    JsonObject context;
    try {
      context = data.object("_ctx").orElse(JsonObject.empty());
    } catch (InvalidValueException e) {
      context = JsonObject.empty();
    }
    return new RequestContext(
        text(context, "method"),
        text(context, "path"),
        text(context, "nonce"),
        text(context, "content_sha256"));
  }

  private static @Nullable String text(JsonObject object, String name) {
    return object.member(name) instanceof JsonMember.Text text ? text.value() : null;
  }
}
