package org.securechat.testkit.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.securechat.domain.conversation.AppendedEpoch;
import org.securechat.domain.conversation.ConversationKeyStore;
import org.securechat.domain.conversation.EpochRecord;
import org.securechat.domain.conversation.WrappedKey;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ConversationId;

/** Wrapped keys on the heap. */
final class InMemoryConversationKeyStore implements ConversationKeyStore {
  private final MemoryTables tables;

  InMemoryConversationKeyStore(MemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public Epochs keysFrom(
      ConversationId conversation, UserId user, long from, int limit, int maxBytes) {
    synchronized (tables) {
      return tables
          .find(conversation)
          .map(found -> keysFrom(found, user, from, limit, maxBytes))
          .orElseGet(() -> new Epochs(List.of(), false));
    }
  }

  private static Epochs keysFrom(
      MemoryConversation conversation, UserId user, long from, int limit, int maxBytes) {
    List<AppendedEpoch> range =
        conversation.epochs.stream().filter(each -> each.statement().epoch() >= from).toList();
    List<EpochRecord> records = new ArrayList<>();
    long bytes = 0;
    for (AppendedEpoch epoch : range) {
      Optional<WrappedKey> key = conversation.key(user, epoch.statement().epoch());
      bytes += epoch.statement().text().length();
      bytes += key.map(each -> each.toByteArray().length).orElse(0);
      if (records.size() == limit || (bytes > maxBytes && !records.isEmpty())) {
        return new Epochs(records, true);
      }
      records.add(
          new EpochRecord(
              epoch.statement().epoch(),
              epoch.entry().id(),
              epoch.tip().at(),
              epoch.statement().text(),
              epoch.entry().signature(),
              key));
    }
    return new Epochs(records, false);
  }
}
