package org.securechat.testkit.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.securechat.domain.conversation.ConversationStore.Swept;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.timeline.Entry;
import org.securechat.domain.transcript.ConversationId;

/** Takes away what accounts that have ended left in conversations. */
final class ClosedAccounts {
  private final MemoryTables tables;

  ClosedAccounts(MemoryTables tables) {
    this.tables = tables;
  }

  Swept sweep(int limit) {
    List<ConversationId> left = new ArrayList<>();
    for (int done = 0; done < limit; done++) {
      if (!sweepOne(left)) {
        return new Swept(left, false);
      }
    }
    return new Swept(left, !tables.unswept.isEmpty());
  }

  private boolean sweepOne(List<ConversationId> left) {
    while (!tables.unswept.isEmpty()) {
      UserId user = tables.unswept.iterator().next();
      if (leaveOne(user, left) || emptyOne(user) || eraseOne(user)) {
        return true;
      }
      tables.unswept.remove(user);
    }
    return false;
  }

  private boolean leaveOne(UserId user, List<ConversationId> left) {
    Optional<MemoryConversation> conversation =
        tables.conversations.values().stream()
            .filter(each -> each.participant(user).isPresent())
            .findFirst();
    conversation.ifPresent(each -> {
      each.remove(user);
      left.add(each.id);
    });
    return conversation.isPresent();
  }

  private boolean emptyOne(UserId user) {
    for (MemoryConversation conversation : tables.conversations.values()) {
      for (Entry entry : conversation.entries) {
        if (entry instanceof Entry.Message message
            && message.place().sender().equals(user)
            && message.content().isPresent()) {
          tables.empty(message);
          return true;
        }
      }
    }
    return false;
  }

  private boolean eraseOne(UserId user) {
    Optional<MemoryFile> file =
        tables.files.values().stream()
            .filter(each ->
                each.upload.uploader().equals(user)
                    && each.sealed().isPresent()
                    && !each.isErased())
            .findFirst();
    file.ifPresent(MemoryFile::erase);
    return file.isPresent();
  }
}
