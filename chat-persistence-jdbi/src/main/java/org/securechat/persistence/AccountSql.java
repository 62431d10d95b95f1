package org.securechat.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.securechat.domain.account.Account;
import org.securechat.domain.account.EncryptionKey;
import org.securechat.domain.account.Holdings;
import org.securechat.domain.account.KdfParameters;
import org.securechat.domain.account.PasswordChange;
import org.securechat.domain.account.Profile;
import org.securechat.domain.account.StoredSecrets;
import org.securechat.domain.credential.AttemptCounter;
import org.securechat.domain.credential.SealedSecret;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.RejectedException;

/** The SQL of {@code users} and {@code closed_accounts}. */
interface AccountSql {

  @SqlQuery("SELECT * FROM users WHERE id = :id")
  Optional<Account> find(UserId id);

  @SqlQuery("SELECT * FROM users WHERE username_canonical = :canonical")
  Optional<Account> findByUsername(String canonical);

  @SqlQuery("SELECT * FROM users WHERE email_canonical = :canonical")
  Optional<Account> findByEmail(String canonical);

  @SqlQuery("SELECT EXISTS (SELECT 1 FROM users WHERE id = :id)")
  boolean exists(UserId id);

  @SqlQuery("SELECT EXISTS (SELECT 1 FROM users WHERE username_canonical = :canonical)")
  boolean isUsernameTaken(String canonical);

  @SqlQuery("SELECT EXISTS (SELECT 1 FROM users WHERE email_canonical = :canonical)")
  boolean isEmailTaken(String canonical);

  /**
   * Looks whether a name and an address are free, ignoring case.
   *
   * @return true; for the callers that need a value
   */
  default boolean requireFree(Username username, EmailAddress email) {
    if (isUsernameTaken(username.canonical())) {
      throw RejectedException.usernameTaken();
    }
    if (isEmailTaken(email.canonical())) {
      throw RejectedException.emailTaken();
    }
    return true;
  }

  default void insert(Account account) {
    Optional<EncryptionKey> key = account.profile().encryptionKey();
    insert(
        account.id(),
        account.profile(),
        account.secrets(),
        key,
        key.map(EncryptionKey::signature),
        account.createdAt());
  }

  @SqlUpdate(
      """
      INSERT INTO users (
        id, username, username_canonical, email, email_canonical, created_at_ms, password_hash,
        encrypted_private_key, public_key, encryption_iv, kdf_memory_kib, kdf_iterations,
        kdf_parallelism, encryption_key, encryption_key_signature, twofa_secret)
      VALUES (
        :id, :profile.username.value, :profile.username.canonical, :profile.email.value,
        :profile.email.canonical, :createdAt, :secrets.passwordVerifier.phc,
        :secrets.encryptedPrivateKey, :profile.identityKey, :profile.encryptionIv.hex,
        :profile.kdf.memoryKib, :profile.kdf.iterations, :profile.kdf.parallelism,
        :encryptionKey, :encryptionKeySignature, :secrets.totpSecret)
      """)
  void insert(
      UserId id,
      @BindMethods("profile") Profile profile,
      @BindMethods("secrets") StoredSecrets secrets,
      Optional<EncryptionKey> encryptionKey,
      Optional<Signature> encryptionKeySignature,
      Instant createdAt);

  @SqlQuery(
      """
      SELECT kdf_memory_kib, kdf_iterations, kdf_parallelism FROM users
      WHERE username_canonical = :canonical
      """)
  Optional<KdfParameters> findKdfByUsername(String canonical);

  @SqlQuery(
      """
      SELECT kdf_memory_kib, kdf_iterations, kdf_parallelism FROM users
      WHERE email_canonical = :canonical
      """)
  Optional<KdfParameters> findKdfByEmail(String canonical);

  @SqlQuery(
      """
      SELECT kdf_memory_kib, kdf_iterations, kdf_parallelism FROM users
      WHERE id >= :position ORDER BY id LIMIT 1
      """)
  Optional<KdfParameters> kdfFrom(long position);

  @SqlUpdate(
      """
      UPDATE users SET
        password_hash = :verifier.phc,
        encrypted_private_key = :encryptedPrivateKey,
        encryption_iv = :encryptionIv.hex,
        kdf_memory_kib = :kdf.memoryKib,
        kdf_iterations = :kdf.iterations,
        kdf_parallelism = :kdf.parallelism
      WHERE id = :actor.user
      """)
  void changePassword(@BindMethods PasswordChange change);

  @SqlUpdate(
      """
      UPDATE users SET encryption_key = :key, encryption_key_signature = :signature WHERE id = :user
      """)
  void publish(UserId user, EncryptionKey key, Signature signature);

  @SqlUpdate("UPDATE users SET twofa_secret = :totpSecret WHERE id = :user")
  void replaceTotpSecret(UserId user, SealedSecret totpSecret);

  /** What hangs on it goes too. */
  @SqlUpdate("DELETE FROM users WHERE id = :user")
  void remove(UserId user);

  /** Their conversations are left by a sweep. */
  @SqlUpdate(
      "INSERT INTO closed_accounts (id, closed_at_ms, pending) VALUES (:user, :closedAt, TRUE)")
  void addClosed(UserId user, Instant closedAt);

  @SqlQuery("SELECT EXISTS (SELECT 1 FROM closed_accounts WHERE id = :user)")
  boolean isClosed(UserId user);

  @SqlQuery(
      """
      SELECT
        (SELECT COUNT(*) FROM recovery_codes WHERE user_id = :user) AS recovery_codes,
        (SELECT COUNT(*) FROM used_totp_steps WHERE user_id = :user) AS used_steps,
        (SELECT COUNT(*) FROM login_tickets WHERE user_id = :user) AS tickets,
        (SELECT attempts FROM attempts
          WHERE kind = :signed.kind AND subject = :signed.subject) AS failed_signed,
        (SELECT attempts FROM attempts
          WHERE kind = :unsigned.kind AND subject = :unsigned.subject) AS failed_unsigned
      """)
  Holdings holdings(
      UserId user,
      @BindMethods("signed") AttemptCounter signed,
      @BindMethods("unsigned") AttemptCounter unsigned);

  /** Closed accounts that may have left something in conversations. */
  @SqlQuery("SELECT id FROM closed_accounts WHERE pending ORDER BY id LIMIT :limit")
  List<UserId> pendingClosed(int limit);

  /** Looks whether everything is gone that an account has left in conversations. */
  @SqlUpdate(
      """
      UPDATE closed_accounts SET pending = FALSE
      WHERE id = :user
        AND NOT EXISTS (SELECT 1 FROM conversation_participants WHERE user_id = :user)
        AND NOT EXISTS (SELECT 1 FROM departures WHERE user_id = :user)
        AND NOT EXISTS (SELECT 1 FROM files WHERE uploader_id = :user AND state = 'kept')
      """)
  void endClosing(UserId user);
}
