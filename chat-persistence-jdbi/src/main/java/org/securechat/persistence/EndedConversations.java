package org.securechat.persistence;

import java.util.List;
import java.util.Optional;
import org.securechat.domain.transcript.ConversationId;

/**
 * Removes what is left of conversations that nobody is in, and keys that are left of who has gone.
 * Each step is a small unit of its own.
 */
final class EndedConversations {
  /** Statements are large. */
  private static final int EPOCHS = 4;

  private final Readers readers;
  private final GroupCommit writer;

  EndedConversations(Readers readers, GroupCommit writer) {
    this.readers = readers;
    this.writer = writer;
  }

  boolean sweep(int limit) {
    int done = 0;
    while (true) {
      Optional<Departure> stale = readers.read(ConversationSql.class, ConversationSql::anyStale);
      Optional<ConversationId> ended =
          readers.read(ConversationSql.class, ConversationSql::anyEnded);
      if (stale.isEmpty() && ended.isEmpty()) {
        return false;
      }
      if (done >= limit) {
        return true;
      }
      int rest = limit - done;
      done +=
          stale
              .map(departure ->
                  writer.call(
                      Locks.on(departure.conversation()),
                      WriterLane.MAX_BYTES / 4,
                      tables -> tables.removeStaleKeys(departure)))
              .orElseGet(() -> removeSome(ended.orElseThrow(), rest));
    }
  }

  private int removeSome(ConversationId ended, int limit) {
    int batch = Math.min(limit, FullMessage.BATCH);
    return writer.call(
        Locks.on(ended),
        WriterLane.MAX_BYTES / 4,
        tables -> {
          int removed = tables.files().eraseIn(ended, batch);
          removed = removed > 0 ? removed : tables.keys().removeSomeIn(ended, batch);
          removed = removed > 0 ? removed : tables.conversations().removeMarksIn(ended, batch);
          removed =
              removed > 0 ? removed : tables.conversations().removeDeparturesFrom(ended, batch);
          removed = removed > 0 ? removed : removeEntries(ended, batch, tables);
          removed =
              removed > 0 ? removed : tables.keys().removeEpochsIn(ended, Math.min(batch, EPOCHS));
          return removed > 0 ? removed : tables.conversations().removeEnded(ended);
        });
  }

  private static int removeEntries(ConversationId ended, int limit, Tables tables) {
    List<FullMessage> found = tables.timelines().first(ended, limit);
    if (found.isEmpty()) {
      return 0;
    }
    List<FullMessage> batch = FullMessage.batch(found);
    return tables.timelines().removeUpTo(ended, batch.get(batch.size() - 1).id());
  }
}
