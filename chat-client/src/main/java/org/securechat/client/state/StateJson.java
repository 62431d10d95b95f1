package org.securechat.client.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.client.http.JsonMembers;
import org.securechat.client.http.JsonObject;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.GroupId;
import org.securechat.protocol.content.ContentCodec;
import org.securechat.protocol.conversation.Contacts.Contact;
import org.securechat.protocol.conversation.ConversationKey;
import org.securechat.protocol.conversation.EntryJson;

/** A device's state as JSON, and back. */
final class StateJson {
  private static final HexFormat HEX = HexFormat.of();

  private StateJson() {}

  static byte[] write(DeviceState state) {
    JsonMembers members =
        json -> {
          json.writeArrayFieldStart("contacts");
          for (Contact contact : state.contacts()) {
            write(contact, json);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("conversations");
          SortedMap<ConversationId, KnownConversation> byId =
              new TreeMap<>(Comparator.comparingLong(ConversationId::value));
          byId.putAll(state.conversations());
          for (Map.Entry<ConversationId, KnownConversation> each : byId.entrySet()) {
            write(each.getKey(), each.getValue(), json);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("unsent");
          for (UnsentMessage message : state.unsent()) {
            write(message, json);
          }
          json.writeEndArray();
        };
    return members.text().getBytes(UTF_8);
  }

  private static void write(Contact contact, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", contact.user().value());
    json.writeStringField("username", contact.name().value());
    json.writeStringField("key", HEX.formatHex(contact.key().toByteArray()));
    if (contact.encryptionKey().isPresent()) {
      json.writeStringField("encryption_key_sha256", contact.encryptionKey().get().toHex());
    }
    json.writeBooleanField("verified", contact.verified());
    json.writeEndObject();
  }

  private static void write(ConversationId id, KnownConversation known, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", id.value());
    json.writeStringField("group", known.group().value());
    EntryJson.writeSeen("seen", known.seen(), json);
    json.writeArrayFieldStart("keys");
    for (Map.Entry<Long, ConversationKey> key : new TreeMap<>(known.keys()).entrySet()) {
      json.writeStartObject();
      json.writeNumberField("epoch", key.getKey());
      json.writeStringField("key", HEX.formatHex(key.getValue().secretBytes()));
      json.writeEndObject();
    }
    json.writeEndArray();
    if (known.fault().isPresent()) {
      json.writeObjectFieldStart("fault");
      FaultJson.write(known.fault().get(), json);
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void write(UnsentMessage message, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("conversation", message.conversation().value());
    json.writeStringField("client_id", message.client().value());
    json.writeStringField("content", Base64Text.encode(ContentCodec.encode(message.content())));
    json.writeNumberField("lifetime", message.lifetime().toSeconds());
    json.writeEndObject();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws InvalidValueException if it is something else
   */
  static DeviceState read(byte[] text) {
    try {
      JsonObject json = JsonObject.parse(text);
      Map<ConversationId, KnownConversation> conversations = new HashMap<>();
      for (JsonObject each : json.objects("conversations")) {
        conversations.put(new ConversationId(each.number("id")), conversation(each));
      }
      return new DeviceState(
          json.objects("contacts").stream().map(StateJson::contact).toList(),
          conversations,
          json.objects("unsent").stream().map(StateJson::unsent).toList());
    } catch (UntrustedAnswerException | IllegalArgumentException e) {
      throw new InvalidValueException("This is no state, or a damaged one");
    }
  }

  private static Contact contact(JsonObject json) {
    return new Contact(
        new UserId(json.number("id")),
        json.text("username", Username::new),
        IdentityKey.copyOf(HEX.parseHex(json.text("key"))),
        json.optionalText("encryption_key_sha256").map(StateJson::hash),
        json.flag("verified"));
  }

  private static KnownConversation conversation(JsonObject json) {
    Map<Long, ConversationKey> keys =
        json.objects("keys").stream()
            .collect(
                Collectors.toMap(
                    key -> key.number("epoch"),
                    key -> ConversationKey.copyOf(HEX.parseHex(key.text("key")))));
    return new KnownConversation(
        json.text("group", GroupId::new),
        EntryJson.readSeen(json.object("seen").members()),
        keys,
        json.optionalObject("fault").map(FaultJson::read));
  }

  private static UnsentMessage unsent(JsonObject json) {
    return new UnsentMessage(
        new ConversationId(json.number("conversation")),
        new ClientId(json.text("client_id")),
        ContentCodec.decode(json.text("content", Base64Text::decode)),
        Duration.ofSeconds(json.number("lifetime")));
  }

  private static Sha256 hash(String hex) {
    return Sha256.parseHex(hex).orElseThrow(() -> new InvalidValueException("No hash"));
  }
}
