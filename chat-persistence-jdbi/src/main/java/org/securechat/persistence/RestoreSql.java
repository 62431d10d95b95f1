package org.securechat.persistence;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The SQL of {@code restores}. */
interface RestoreSql {

  /** Marks the database as a copy that nobody has opened yet. */
  @SqlUpdate(
      """
      INSERT INTO restores (id, unopened) VALUES (1, 1)
      ON CONFLICT (id) DO UPDATE SET unopened = 1
      """)
  void mark();

  @SqlQuery("SELECT EXISTS (SELECT 1 FROM restores WHERE unopened = 1)")
  boolean isMarked();

  /** Takes the mark away; how many there were. */
  @SqlUpdate("UPDATE restores SET unopened = 0, restored_at_ms = :now WHERE unopened = 1")
  int unmark(Instant now);

  /** Milliseconds since the Unix epoch. */
  @SqlQuery("SELECT restored_at_ms FROM restores WHERE restored_at_ms IS NOT NULL")
  Optional<Long> restoredAt();

  @SqlUpdate("DELETE FROM login_tickets")
  void endTickets();

  /**
   * Records when a marked copy is opened first. What its original was told since it was made is not
   * in it: so what was handed out or signed until now must not be used again.
   *
   * @return since when requests must have been signed to be accepted
   */
  default Instant open(Instant now) {
    if (isMarked() && unmark(now) > 0) {
      endTickets();
    }
    return restoredAt()
        .map(restored -> Instant.ofEpochSecond(Math.floorDiv(restored, 1000L) + 1))
        .orElse(Instant.EPOCH);
  }
}
