package org.securechat.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.securechat.domain.account.IssuedTicket;
import org.securechat.domain.account.PendingReset;
import org.securechat.domain.credential.SecondFactor;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;

/**
 * The SQL of {@code used_totp_steps}, {@code recovery_codes}, {@code login_tickets} and {@code
 * pending_resets}.
 */
interface SecondFactorSql {

  default boolean isUnspent(UserId user, SecondFactor factor) {
    return switch (factor) {
      case SecondFactor.Step step -> !isStepSpent(user, step.step());
      case SecondFactor.Code code -> hasCode(user, code.hash());
      case SecondFactor.Ticket ticket -> hasTicket(user, ticket.hash());
    };
  }

  default void spend(UserId user, SecondFactor factor) {
    switch (factor) {
      case SecondFactor.Step step -> spendStep(user, step.step());
      case SecondFactor.Code code -> removeCode(user, code.hash());
      case SecondFactor.Ticket ticket -> removeTicket(ticket.hash());
    }
  }

  /** Of a restored database nobody knows which steps its original had spent: all until then. */
  @SqlQuery(
      """
      SELECT EXISTS (SELECT 1 FROM used_totp_steps WHERE user_id = :user AND step = :step)
        OR EXISTS (SELECT 1 FROM restores WHERE restored_at_ms / 30000 >= :step)
      """)
  boolean isStepSpent(UserId user, TotpStep step);

  @SqlUpdate("INSERT INTO used_totp_steps (user_id, step) VALUES (:user, :step)")
  void spendStep(UserId user, TotpStep step);

  @SqlUpdate("DELETE FROM used_totp_steps WHERE user_id = :user")
  void forgetSteps(UserId user);

  @SqlUpdate(
      """
      DELETE FROM used_totp_steps WHERE (user_id, step) IN (
        SELECT user_id, step FROM used_totp_steps WHERE step < :step ORDER BY step LIMIT :limit)
      """)
  int forgetStepsBefore(TotpStep step, int limit);

  @SqlBatch(
      value = "INSERT INTO recovery_codes (user_id, code_hash) VALUES (:user, :codeHash)",
      transactional = false)
  void insertCodes(UserId user, List<Sha256> codeHash);

  @SqlQuery(
      "SELECT EXISTS (SELECT 1 FROM recovery_codes WHERE user_id = :user AND code_hash = :hash)")
  boolean hasCode(UserId user, Sha256 hash);

  @SqlUpdate("DELETE FROM recovery_codes WHERE user_id = :user AND code_hash = :hash")
  void removeCode(UserId user, Sha256 hash);

  @SqlUpdate("DELETE FROM recovery_codes WHERE user_id = :user")
  void removeCodes(UserId user);

  @SqlUpdate(
      """
      INSERT INTO login_tickets (ticket_hash, user_id, by_recovery_code, created_at_ms)
      VALUES (:ticketHash, :user, :byRecoveryCode, :createdAt)
      """)
  void insert(@BindMethods IssuedTicket ticket);

  @SqlQuery("SELECT * FROM login_tickets WHERE ticket_hash = :ticketHash")
  Optional<IssuedTicket> findTicket(Sha256 ticketHash);

  @SqlQuery(
      """
      SELECT EXISTS (
        SELECT 1 FROM login_tickets WHERE ticket_hash = :ticketHash AND user_id = :user)
      """)
  boolean hasTicket(UserId user, Sha256 ticketHash);

  @SqlUpdate("DELETE FROM login_tickets WHERE ticket_hash = :ticketHash")
  void removeTicket(Sha256 ticketHash);

  @SqlUpdate("DELETE FROM login_tickets WHERE user_id = :user")
  void removeTickets(UserId user);

  @SqlUpdate(
      """
      DELETE FROM login_tickets WHERE ticket_hash IN (
        SELECT ticket_hash FROM login_tickets
        WHERE created_at_ms < :instant ORDER BY created_at_ms LIMIT :limit)
      """)
  int removeTicketsBefore(Instant instant, int limit);

  @SqlUpdate(
      """
      INSERT INTO pending_resets (session_hash, twofa_secret, created_at_ms)
      VALUES (:session, :totpSecret, :createdAt)
      ON CONFLICT (session_hash) DO UPDATE SET
        twofa_secret = excluded.twofa_secret,
        created_at_ms = excluded.created_at_ms
      """)
  void put(@BindMethods PendingReset reset);

  @SqlQuery("SELECT * FROM pending_resets WHERE session_hash = :session")
  Optional<PendingReset> findReset(Sha256 session);

  @SqlUpdate(
      """
      DELETE FROM pending_resets WHERE session_hash IN (
        SELECT session_hash FROM pending_resets
        WHERE created_at_ms < :instant ORDER BY created_at_ms LIMIT :limit)
      """)
  int removeResetsBefore(Instant instant, int limit);
}
