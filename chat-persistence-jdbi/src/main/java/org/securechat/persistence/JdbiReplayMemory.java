package org.securechat.persistence;

import java.time.Instant;
import org.securechat.domain.request.Once;
import org.securechat.domain.request.ReplayMemory;

/** Used requests in a SQL table, ordered by time. Safe for use by many threads. */
final class JdbiReplayMemory implements ReplayMemory {
  private final Readers readers;
  private final GroupCommit writer;
  private final Instant acceptedFrom;

  JdbiReplayMemory(Readers readers, GroupCommit writer, Instant acceptedFrom) {
    this.readers = readers;
    this.writer = writer;
    this.acceptedFrom = acceptedFrom;
  }

  @Override
  public Instant acceptedFrom() {
    return acceptedFrom;
  }

  @Override
  public boolean seen(Once once) {
    return readers.read(ReplaySql.class, sql -> sql.contains(once));
  }

  @Override
  public int forgetBefore(Instant signedAt, int limit) {
    return writer.call(Locks.none(), tables -> tables.replays().forgetBefore(signedAt, limit));
  }
}
