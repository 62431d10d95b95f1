package org.securechat.persistence;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.session.Actor;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.ConversationId;

class TimelineStatementsTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 20;
  private static final int LOADS = 200;
  private static final Optional<ClientId> CLIENT =
      Optional.of(new ClientId("0190a6f2-0000-7000-8000-000000000001"));

  @TempDir Path folder;

  /** Planning it takes eight times as long as running it. */
  @Test
  void load_whateverNumbersFollowEachOther_isPlannedOnce() {
    SqliteSettings settings = SqliteSettings.of(folder.resolve("chat.db"));
    Schema.ofSqlite(settings).migrate();
    try (Handle handle = Jdbi.open(SqliteDataSource.writing(settings))) {
      TimelineStatements statements = new TimelineStatements(handle.getConnection());
      long fromOne = Long.MAX_VALUE;
      long fromFour = Long.MAX_VALUE;

      for (int i = 0; i < ROUNDS; i++) {
        fromOne = Math.min(fromOne, processorTime(statements, 1));
        fromFour = Math.min(fromFour, processorTime(statements, 4));
      }

      assertTrue(fromOne < 3 * fromFour, fromOne + " ns, and " + fromFour + " ns");
    }
  }

  /** Of loads in whose parameters two numbers take turns, this one and the next. */
  private static long processorTime(TimelineStatements statements, long number) {
    long began = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < LOADS; i++) {
      long turn = number + i % 2;
      Actor actor = new Actor(new UserId(turn), Talk.token(turn));
      statements.load(new ConversationId(turn), actor, turn, CLIENT, turn);
    }
    return THREADS.getCurrentThreadCpuTime() - began;
  }
}
