package org.securechat.client.terminal.chat;

import java.util.function.Function;
import org.securechat.domain.identity.UserId;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.ShownEntry;
import org.securechat.protocol.conversation.VerifiedEntry;

/** Says of what can't be shown why that is, and what can be done. */
final class EntryWords {
  private static final int TYPE_COLUMNS = 24;

  private EntryWords() {}

  /** An entry that is no message and no epoch. */
  static String of(ShownEntry entry, Function<UserId, String> names) {
    if (entry instanceof ShownEntry.Gone gone) {
      return gone(gone);
    }
    if (entry instanceof ShownEntry.Locked locked) {
      return "a message of "
          + locked.sender().name().value()
          + " that can't be opened: this account was given no key that fits. Ask what it said;"
          + " /renew makes a key for what comes next";
    }
    if (entry instanceof ShownEntry.Invalid invalid) {
      return "an entry in the name of " + names.apply(invalid.sender()) + why(invalid.reason());
    }
    throw new IllegalArgumentException("This entry has words of its own");
  }

  private static String gone(ShownEntry.Gone gone) {
    String whose = "the message of " + gone.sender().name().value();
    return switch (gone.cause()) {
      case DELETED -> whose + " was deleted";
      case EXPIRED -> whose + " has expired";
      case WITHHELD ->
          whose
              + " is missing: nobody has deleted it, the server keeps it back. Ask its sender what"
              + " it said, by another way";
    };
  }

  private static String why(VerifiedEntry.Reason reason) {
    return switch (reason) {
      case BAD_SIGNATURE ->
          " is not shown: it is not signed with their key, so somebody else may have written it";
      case NO_MEMBER -> " is not shown: they were no member then";
      case SEEN_BEFORE_EPOCH ->
          " is not shown: it was written for another list of members than it was sent to";
      case NO_SUCH_MESSAGE -> " has no effect: it is about a message that its sender had not seen";
      case NOT_ALLOWED -> " has no effect: it would change or delete another's message";
    };
  }

  /** A content that this version knows no form for. */
  static String unknown(MessageContent content) {
    String type =
        content instanceof MessageContent.Unknown unknown
            ? unknown
                .type()
                .map(name -> " of the type " + SafeText.line(name, TYPE_COLUMNS))
                .orElse("")
            : "";
    return "(something" + type + " that this version can't show)";
  }
}
