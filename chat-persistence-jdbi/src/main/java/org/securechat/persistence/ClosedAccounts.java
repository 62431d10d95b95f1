package org.securechat.persistence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.securechat.domain.conversation.ConversationStore.Swept;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ConversationId;

/**
 * Takes away what accounts that have ended left in conversations. Each step is a unit of its own,
 * and how far it has got is in the database, so that it goes on after a restart.
 */
final class ClosedAccounts {
  private final Readers readers;
  private final GroupCommit writer;

  ClosedAccounts(Readers readers, GroupCommit writer) {
    this.readers = readers;
    this.writer = writer;
  }

  Swept sweep(int limit) {
    List<ConversationId> left = new ArrayList<>();
    int done = 0;
    for (UserId user : readers.read(AccountSql.class, sql -> sql.pendingClosed(limit))) {
      done += leave(user, limit - done, left);
      done += empty(user, limit - done);
      done += eraseFiles(user, limit - done);
      if (done >= limit) {
        break;
      }
      writer.run(Locks.on(user), tables -> tables.accounts().endClosing(user));
    }
    boolean more = !readers.read(AccountSql.class, sql -> sql.pendingClosed(1)).isEmpty();
    return new Swept(left, more);
  }

  private int leave(UserId user, int limit, List<ConversationId> left) {
    List<ConversationId> conversations =
        readers.read(ConversationSql.class, sql -> sql.conversationsOf(user, limit));
    for (ConversationId conversation : conversations) {
      boolean wasThere =
          writer.call(
              Locks.on(conversation),
              tables -> new ChangeWriter(tables).takeOut(user, conversation));
      if (wasThere) {
        left.add(conversation);
      }
    }
    return conversations.size();
  }

  private int empty(UserId user, int limit) {
    int done = 0;
    while (done < limit) {
      Optional<Departure> departure =
          readers.read(ConversationSql.class, sql -> sql.departureOf(user));
      if (departure.isEmpty()) {
        break;
      }
      int rest = limit - done;
      done +=
          writer.call(
              Locks.on(departure.get().conversation()),
              FullMessage.BATCH_BYTES,
              tables -> empty(departure.get(), rest, tables));
    }
    return done;
  }

  /** Erases some contents; when there are none left, so is the departure. */
  private static int empty(Departure departure, int limit, Tables tables) {
    ConversationId conversation = departure.conversation();
    if (departure.staleKeyEpoch().isPresent()) {
      return tables.removeStaleKeys(departure);
    }
    List<FullMessage> found =
        tables
            .timelines()
            .sentBy(
                conversation,
                departure.user(),
                departure.emptiedTo(),
                Math.min(limit, FullMessage.BATCH));
    if (found.isEmpty()) {
      tables.conversations().removeDeparture(departure.user(), conversation);
      return 0;
    }
    List<FullMessage> batch = FullMessage.batch(found);
    tables.timelines().empty(batch);
    tables
        .conversations()
        .moveEmptied(departure.user(), conversation, batch.get(batch.size() - 1).id());
    return batch.size();
  }

  private int eraseFiles(UserId user, int limit) {
    int done = 0;
    int erased = 1;
    while (done < limit && erased > 0) {
      int batch = Math.min(limit - done, FullMessage.BATCH);
      erased = writer.call(Locks.on(user), tables -> tables.files().eraseOf(user, batch));
      done += erased;
    }
    return done;
  }
}
