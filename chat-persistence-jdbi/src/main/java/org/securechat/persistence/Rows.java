package org.securechat.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.securechat.domain.account.Account;
import org.securechat.domain.account.Block;
import org.securechat.domain.account.EncryptionIv;
import org.securechat.domain.account.EncryptionKey;
import org.securechat.domain.account.Holdings;
import org.securechat.domain.account.IssuedTicket;
import org.securechat.domain.account.KdfParameters;
import org.securechat.domain.account.PendingRegistration;
import org.securechat.domain.account.PendingReset;
import org.securechat.domain.account.Profile;
import org.securechat.domain.account.StoredSecrets;
import org.securechat.domain.credential.AttemptCount;
import org.securechat.domain.credential.PasswordVerifier;
import org.securechat.domain.credential.SealedSecret;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.session.Caller;
import org.securechat.domain.session.Session;
import org.securechat.domain.session.SessionState;

/** Makes the domain's values of rows. */
final class Rows {
  private Rows() {}

  /** Makes accounts of rows of {@code users}. */
  static final class AccountMapper implements RowMapper<Account> {
    @Override
    public Account map(ResultSet row, StatementContext context) throws SQLException {
      return account(row);
    }
  }

  /** Makes registrations of rows of {@code pending_registrations}. */
  static final class RegistrationMapper implements RowMapper<PendingRegistration> {
    @Override
    public PendingRegistration map(ResultSet row, StatementContext context) throws SQLException {
      return new PendingRegistration(
          hash(row, "token_hash"), profile(row), secrets(row), instant(row, "created_at_ms"));
    }
  }

  /** Makes counts of rows of {@code attempts}. */
  static final class AttemptCountMapper implements RowMapper<AttemptCount> {
    @Override
    public AttemptCount map(ResultSet row, StatementContext context) throws SQLException {
      long blockedUntilMs = row.getLong("blocked_until_ms");
      Optional<Instant> blockedUntil =
          row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(blockedUntilMs));
      return new AttemptCount(row.getInt("attempts"), instant(row, "since_ms"), blockedUntil);
    }
  }

  /** Makes sessions of rows of {@code sessions}. */
  static final class SessionMapper implements RowMapper<Session> {
    @Override
    public Session map(ResultSet row, StatementContext context) throws SQLException {
      return session(row);
    }
  }

  /** Makes KDF parameters of rows that have them. */
  static final class KdfMapper implements RowMapper<KdfParameters> {
    @Override
    public KdfParameters map(ResultSet row, StatementContext context) throws SQLException {
      return kdf(row);
    }
  }

  /** Makes tickets of rows of {@code login_tickets}. */
  static final class TicketMapper implements RowMapper<IssuedTicket> {
    @Override
    public IssuedTicket map(ResultSet row, StatementContext context) throws SQLException {
      return new IssuedTicket(
          hash(row, "ticket_hash"),
          new UserId(row.getLong("user_id")),
          row.getBoolean("by_recovery_code"),
          instant(row, "created_at_ms"));
    }
  }

  /** Makes resets of rows of {@code pending_resets}. */
  static final class ResetMapper implements RowMapper<PendingReset> {
    @Override
    public PendingReset map(ResultSet row, StatementContext context) throws SQLException {
      return new PendingReset(
          hash(row, "session_hash"),
          SealedSecret.copyOf(row.getBytes("twofa_secret")),
          instant(row, "created_at_ms"));
    }
  }

  /** Makes blocks of rows of {@code blocks} with the {@code username}. */
  static final class BlockMapper implements RowMapper<Block> {
    @Override
    public Block map(ResultSet row, StatementContext context) throws SQLException {
      return new Block(
          new UserId(row.getLong("blocked_id")),
          new Username(row.getString("username")),
          instant(row, "created_at_ms"));
    }
  }

  /** Makes holdings of the row of numbers that is asked for. */
  static final class HoldingsMapper implements RowMapper<Holdings> {
    @Override
    public Holdings map(ResultSet row, StatementContext context) throws SQLException {
      return new Holdings(
          row.getInt("recovery_codes"),
          row.getInt("used_steps"),
          row.getInt("tickets"),
          new Holdings.FailedAttempts(row.getInt("failed_signed"), row.getInt("failed_unsigned")));
    }
  }

  /** Of a row of {@code users}. */
  static Account account(ResultSet row) throws SQLException {
    return new Account(
        new UserId(row.getLong("id")), profile(row), secrets(row), instant(row, "created_at_ms"));
  }

  /** Of a row of {@code sessions} with the {@code public_key} of the user. */
  static Caller caller(ResultSet row) throws SQLException {
    return new Caller(session(row), IdentityKey.copyOf(row.getBytes("public_key")));
  }

  private static Session session(ResultSet row) throws SQLException {
    return new Session(
        hash(row, "token_hash"),
        row.getString("id"),
        new UserId(row.getLong("user_id")),
        SessionState.valueOf(row.getString("state")),
        instant(row, "created_at_ms"),
        instant(row, "last_used_at_ms"),
        row.getString("user_agent"));
  }

  private static KdfParameters kdf(ResultSet row) throws SQLException {
    return new KdfParameters(
        row.getInt("kdf_memory_kib"), row.getInt("kdf_iterations"), row.getInt("kdf_parallelism"));
  }

  private static Profile profile(ResultSet row) throws SQLException {
    return new Profile(
        new Username(row.getString("username")),
        new EmailAddress(row.getString("email")),
        IdentityKey.copyOf(row.getBytes("public_key")),
        new EncryptionIv(row.getString("encryption_iv")),
        kdf(row),
        encryptionKey(row));
  }

  private static Optional<EncryptionKey> encryptionKey(ResultSet row) throws SQLException {
    byte[] key = row.getBytes("encryption_key");
    return key == null
        ? Optional.empty()
        : Optional.of(
            EncryptionKey.of(key, Signature.copyOf(row.getBytes("encryption_key_signature"))));
  }

  private static StoredSecrets secrets(ResultSet row) throws SQLException {
    return new StoredSecrets(
        new PasswordVerifier(row.getString("password_hash")),
        SealedSecret.copyOf(row.getBytes("encrypted_private_key")),
        SealedSecret.copyOf(row.getBytes("twofa_secret")));
  }

  private static Sha256 hash(ResultSet row, String column) throws SQLException {
    return Sha256.copyOf(row.getBytes(column));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }
}
