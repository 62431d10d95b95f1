package org.securechat.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.securechat.domain.account.Account;
import org.securechat.domain.account.EncryptionKey;
import org.securechat.domain.account.Profile;
import org.securechat.domain.account.StoredSecrets;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.RejectedException;

/** The SQL of {@code users}, {@code recovery_codes} and {@code used_totp_steps}. */
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

  @SqlBatch(
      value = "INSERT INTO recovery_codes (user_id, code_hash) VALUES (:user, :codeHash)",
      transactional = false)
  void insertRecoveryCodes(UserId user, List<Sha256> codeHash);

  /** Of a restored database nobody knows which steps its original had spent: all until then. */
  @SqlQuery(
      """
      SELECT EXISTS (SELECT 1 FROM used_totp_steps WHERE user_id = :user AND step = :step)
        OR EXISTS (SELECT 1 FROM restores WHERE restored_at_ms / 30000 >= :step)
      """)
  boolean isSpent(UserId user, TotpStep step);

  @SqlUpdate("INSERT INTO used_totp_steps (user_id, step) VALUES (:user, :step)")
  void spend(UserId user, TotpStep step);

  @SqlUpdate(
      """
      DELETE FROM used_totp_steps WHERE (user_id, step) IN (
        SELECT user_id, step FROM used_totp_steps WHERE step < :step ORDER BY step LIMIT :limit)
      """)
  int forgetStepsBefore(TotpStep step, int limit);
}
