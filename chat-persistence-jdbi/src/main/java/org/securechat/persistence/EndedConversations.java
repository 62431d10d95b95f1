package org.securechat.persistence;

import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
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
                      FullMessage.BATCH_BYTES,
                      tables -> tables.removeStaleKeys(departure)))
              .orElseGet(() -> removeSome(ended.orElseThrow(), rest));
    }
  }

  private int removeSome(ConversationId ended, int limit) {
    int batch = Math.min(limit, FullMessage.BATCH);
    return writer.call(
        Locks.on(ended),
        FullMessage.BATCH_BYTES,
        tables -> {
          // The conversation goes last; each goes when there is nothing left of those before.
          return Stream.<IntSupplier>of(
                  () -> tables.files().eraseIn(ended, batch),
                  () -> tables.keys().removeSomeIn(ended, batch),
                  () -> tables.conversations().removeMarksIn(ended, batch),
                  () -> tables.conversations().removeDeparturesFrom(ended, batch),
                  () -> removeEntries(ended, batch, tables),
                  () -> tables.keys().removeEpochsIn(ended, Math.min(batch, EPOCHS)),
                  () -> tables.conversations().removeEnded(ended))
              .mapToInt(IntSupplier::getAsInt)
              .filter(removed -> removed > 0)
              .findFirst()
              .orElse(0);
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
