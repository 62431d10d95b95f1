package org.securechat.persistence;

import java.util.List;
import org.securechat.domain.conversation.ConversationKeyStore;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ConversationId;

/** Wrapped keys in SQL tables. Safe for use by many threads. */
final class JdbiConversationKeyStore implements ConversationKeyStore {
  private final Readers readers;

  JdbiConversationKeyStore(Readers readers) {
    this.readers = readers;
  }

  @Override
  public Epochs keysFrom(
      ConversationId conversation, UserId user, long from, int limit, int maxBytes) {
    List<EntrySize> found =
        readers.read(KeySql.class, sql -> sql.sizesFrom(conversation, user, from, limit + 1));
    List<EntrySize> taken = EntrySize.take(found, limit, maxBytes);
    if (taken.isEmpty()) {
      return new Epochs(List.of(), false);
    }
    long last = taken.get(taken.size() - 1).id();
    return new Epochs(
        readers.read(KeySql.class, sql -> sql.range(conversation, user, taken.get(0).id(), last)),
        taken.size() < found.size());
  }
}
