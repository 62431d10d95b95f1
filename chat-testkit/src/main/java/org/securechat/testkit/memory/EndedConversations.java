package org.securechat.testkit.memory;

import java.util.List;
import java.util.Optional;

/** Removes what is left of conversations that nobody is in, row by row. */
final class EndedConversations {
  private final MemoryTables tables;

  EndedConversations(MemoryTables tables) {
    this.tables = tables;
  }

  boolean sweep(int limit) {
    for (int removed = 0; removed < limit; removed++) {
      Optional<MemoryConversation> ended = anyEnded();
      if (ended.isEmpty()) {
        return false;
      }
      removeOne(ended.get());
    }
    return anyEnded().isPresent();
  }

  private Optional<MemoryConversation> anyEnded() {
    return tables.conversations.values().stream().filter(MemoryConversation::hasEnded).findFirst();
  }

  /** The conversation itself comes last, so that its group id is taken as long as anything is. */
  private void removeOne(MemoryConversation ended) {
    Optional<MemoryFile> file =
        tables.files.values().stream()
            .filter(each -> each.upload.conversation().equals(ended.id))
            .findFirst();
    if (file.isPresent()) {
      List<byte[]> chunks = file.get().chunks;
      if (chunks.isEmpty()) {
        tables.files.remove(file.get().upload.id());
      } else {
        chunks.remove(chunks.size() - 1);
      }
    } else if (!ended.entries.isEmpty()) {
      ended.entries.remove(ended.entries.size() - 1);
    } else {
      tables.conversations.remove(ended.id);
    }
  }
}
