package org.securechat.client.terminal.chat;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.securechat.client.http.JsonMembers;
import org.securechat.domain.identity.UserId;
import org.securechat.protocol.content.AttachedFile;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.ShownEntry;

/** For programs: a JSON object a line, in ASCII. */
public final class JsonForm implements ChatForm {
  private final Function<UserId, String> names;

  public JsonForm(Function<UserId, String> names) {
    this.names = names;
  }

  @Override
  public List<String> opening(About about) {
    return people(about);
  }

  @Override
  public List<String> people(About about) {
    return line(json -> {
      json.writeNumberField("conversation", about.id().value());
      json.writeStringField("name", about.name().orElse(null));
      json.writeArrayFieldStart("members");
      for (Person person : about.people()) {
        json.writeStartObject();
        json.writeStringField("username", person.name().value());
        json.writeBooleanField("self", person.self());
        json.writeBooleanField("admin", person.admin());
        json.writeBooleanField("joined", person.joined());
        json.writeBooleanField("verified", person.verified());
        json.writeNumberField("read_up_to", person.readUpTo());
        json.writeEndObject();
      }
      json.writeEndArray();
    });
  }

  @Override
  public List<String> entry(ShownEntry entry, Optional<ShownEntry> previous) {
    return whole(entry);
  }

  @Override
  public List<String> whole(ShownEntry entry) {
    return line(of(entry));
  }

  @Override
  public List<String> changed(ShownEntry before, ShownEntry now) {
    return line(of(now).and(json -> json.writeBooleanField("changed", true)));
  }

  private JsonMembers of(ShownEntry entry) {
    JsonMembers id = json -> json.writeNumberField("id", entry.id());
    if (entry instanceof ShownEntry.Message message) {
      return id.and(message(message));
    }
    if (entry instanceof ShownEntry.Epoch epoch) {
      return id.and(epoch(epoch));
    }
    return id.and(json -> {
      json.writeStringField("kind", kind(entry));
      json.writeStringField("why", EntryWords.of(entry, names));
    });
  }

  private static String kind(ShownEntry entry) {
    if (entry instanceof ShownEntry.Gone gone) {
      return gone.cause().name().toLowerCase(Locale.ROOT);
    }
    return entry instanceof ShownEntry.Locked ? "locked" : "invalid";
  }

  private JsonMembers message(ShownEntry.Message message) {
    return json -> {
      json.writeStringField("kind", "message");
      json.writeStringField("sender", message.sender().name().value());
      json.writeStringField("sent_at", message.sentAt().toString());
      json.writeStringField("created_at", message.createdAt().toString());
      writeContent(json, message.content());
      json.writeBooleanField("edited", message.edited());
      if (message.replyTo().isPresent()) {
        json.writeNumberField("reply_to", message.replyTo().get());
      }
      if (message.expiresAt().isPresent()) {
        json.writeStringField("expires_at", message.expiresAt().get().toString());
      }
      json.writeObjectFieldStart("reactions");
      for (Map.Entry<String, Set<UserId>> each : message.reactions().entrySet()) {
        json.writeArrayFieldStart(each.getKey());
        for (UserId user : each.getValue()) {
          json.writeString(names.apply(user));
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    };
  }

  private static void writeContent(JsonGenerator json, MessageContent content) throws IOException {
    if (content instanceof MessageContent.Text text) {
      json.writeStringField("text", text.body());
    } else if (content instanceof MessageContent.Name name) {
      json.writeStringField("name", name.name());
    } else if (content instanceof MessageContent.Files files) {
      json.writeStringField("text", files.body().orElse(null));
      json.writeArrayFieldStart("files");
      for (AttachedFile file : files.files()) {
        json.writeStartObject();
        json.writeStringField("name", file.name());
        json.writeStringField("mime_type", file.mimeType());
        json.writeNumberField("size", file.size());
        json.writeEndObject();
      }
      json.writeEndArray();
    } else {
      json.writeStringField("why", EntryWords.unknown(content));
    }
  }

  private JsonMembers epoch(ShownEntry.Epoch epoch) {
    return json -> {
      json.writeStringField("kind", "epoch");
      json.writeStringField("author", names.apply(epoch.statement().author()));
      json.writeStringField("created_at", epoch.createdAt().toString());
      json.writeArrayFieldStart("changes");
      for (ShownEntry.MemberChange change : epoch.changes()) {
        json.writeStartObject();
        json.writeStringField("username", change.member().name().value());
        json.writeStringField("what", change.kind().name().toLowerCase(Locale.ROOT));
        json.writeEndObject();
      }
      json.writeEndArray();
    };
  }

  @Override
  public List<String> unread(int count) {
    return line(json -> json.writeNumberField("unread", count));
  }

  @Override
  public List<String> page(boolean isThereMore) {
    return line(json -> json.writeBooleanField("older", isThereMore));
  }

  @Override
  public List<String> note(String sentences) {
    return line(json -> json.writeStringField("note", sentences));
  }

  @Override
  public List<String> complaint(String sentences) {
    return line(json -> json.writeStringField("error", sentences));
  }

  private static List<String> line(JsonMembers members) {
    return List.of(members.asciiText());
  }
}
