package org.securechat.client.terminal;

import java.util.Locale;
import java.util.stream.Collectors;
import org.securechat.client.http.JsonMembers;
import org.securechat.client.terminal.chat.SafeText;
import org.securechat.protocol.content.AttachedFile;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.ShownEntry;

/** An entry of an export for people, or as JSON: its kind, its sender and what it says. */
final class PrintedEntry {
  private static final String CONTINUED = "\n       ";

  private PrintedEntry() {}

  static void print(ShownEntry entry, Workplace work) {
    String kind = kind(entry);
    String sender = sender(entry);
    String text = text(entry);
    JsonMembers json =
        members -> {
          members.writeNumberField("entry", entry.id());
          members.writeStringField("kind", kind);
          members.writeStringField("sender", sender);
          if (entry instanceof ShownEntry.Message message) {
            members.writeStringField("sent_at", message.sentAt().toString());
            members.writeBooleanField("edited", message.edited());
          }
          members.writeStringField("text", text);
        };
    String time = entry instanceof ShownEntry.Message message ? " " + message.sentAt() : "";
    work.print(
        String.format(
            Locale.ROOT,
            "%6d%s %s: %s",
            entry.id(),
            time,
            sender,
            SafeText.lines(text).replace("\n", CONTINUED)),
        json);
  }

  private static String kind(ShownEntry entry) {
    if (entry instanceof ShownEntry.Gone gone) {
      return gone.cause().name().toLowerCase(Locale.ROOT);
    }
    return entry.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static String sender(ShownEntry entry) {
    if (entry instanceof ShownEntry.Message message) {
      return message.sender().name().value();
    }
    if (entry instanceof ShownEntry.Locked locked) {
      return locked.sender().name().value();
    }
    if (entry instanceof ShownEntry.Gone gone) {
      return gone.sender().name().value();
    }
    if (entry instanceof ShownEntry.Epoch epoch) {
      return epoch
          .statement()
          .member(epoch.statement().author())
          .map(author -> author.name().value())
          .orElse("?");
    }
    return "user " + ((ShownEntry.Invalid) entry).sender().value();
  }

  private static String text(ShownEntry entry) {
    if (entry instanceof ShownEntry.Message message) {
      return text(message.content());
    }
    if (entry instanceof ShownEntry.Epoch epoch) {
      return "begins epoch "
          + epoch.statement().epoch()
          + epoch.changes().stream()
              .map(change ->
                  ", "
                      + change.member().name().value()
                      + " "
                      + change.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '))
              .collect(Collectors.joining());
    }
    return "(" + kind(entry) + ")";
  }

  private static String text(MessageContent content) {
    if (content instanceof MessageContent.Text text) {
      return text.body();
    }
    if (content instanceof MessageContent.Name name) {
      return "calls the conversation " + name.name();
    }
    if (content instanceof MessageContent.Files files) {
      return "sends "
          + files.files().stream().map(AttachedFile::name).collect(Collectors.joining(", "))
          + files.body().map(body -> ": " + body).orElse("");
    }
    return "(something unknown)";
  }
}
