package org.securechat.persistence;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.securechat.domain.account.EncryptionKey;
import org.securechat.domain.account.PendingRegistration;
import org.securechat.domain.account.Profile;
import org.securechat.domain.account.StoredSecrets;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;

/** The SQL of {@code pending_registrations}. */
interface RegistrationSql {

  @SqlQuery("SELECT * FROM pending_registrations WHERE token_hash = :tokenHash")
  Optional<PendingRegistration> find(Sha256 tokenHash);

  @SqlQuery("SELECT EXISTS (SELECT 1 FROM pending_registrations WHERE token_hash = :tokenHash)")
  boolean exists(Sha256 tokenHash);

  default void insert(PendingRegistration registration) {
    Optional<EncryptionKey> key = registration.profile().encryptionKey();
    insert(
        registration.tokenHash(),
        registration.profile(),
        registration.secrets(),
        key,
        key.map(EncryptionKey::signature),
        registration.createdAt());
  }

  @SqlUpdate(
      """
      INSERT INTO pending_registrations (
        token_hash, username, email, created_at_ms, password_hash, encrypted_private_key,
        public_key, encryption_iv, kdf_memory_kib, kdf_iterations, kdf_parallelism,
        encryption_key, encryption_key_signature, twofa_secret)
      VALUES (
        :tokenHash, :profile.username.value, :profile.email.value, :createdAt,
        :secrets.passwordVerifier.phc, :secrets.encryptedPrivateKey, :profile.identityKey,
        :profile.encryptionIv.hex, :profile.kdf.memoryKib, :profile.kdf.iterations,
        :profile.kdf.parallelism, :encryptionKey, :encryptionKeySignature, :secrets.totpSecret)
      """)
  void insert(
      Sha256 tokenHash,
      @BindMethods("profile") Profile profile,
      @BindMethods("secrets") StoredSecrets secrets,
      Optional<EncryptionKey> encryptionKey,
      Optional<Signature> encryptionKeySignature,
      Instant createdAt);

  /** Counts an attempt; empty if there is no such registration or none is left. */
  @SqlQuery(
      """
      UPDATE pending_registrations SET attempts = attempts + 1
      WHERE token_hash = :tokenHash AND attempts < :limit
      RETURNING attempts
      """)
  Optional<Integer> chargeAttempt(Sha256 tokenHash, int limit);

  @SqlUpdate("DELETE FROM pending_registrations WHERE token_hash = :tokenHash")
  void remove(Sha256 tokenHash);

  /** Removes one that waits for the key of this user. */
  @SqlUpdate(
      """
      DELETE FROM pending_registrations
      WHERE token_hash = :tokenHash
        AND public_key = (SELECT public_key FROM users WHERE id = :user)
      """)
  void removeOwn(Sha256 tokenHash, UserId user);

  /** Removes all that wait for the key of this user. */
  @SqlUpdate(
      """
      DELETE FROM pending_registrations
      WHERE public_key = (SELECT public_key FROM users WHERE id = :user)
      """)
  void removeAllOwn(UserId user);

  @SqlUpdate(
      """
      DELETE FROM pending_registrations WHERE token_hash IN (
        SELECT token_hash FROM pending_registrations
        WHERE created_at_ms < :instant ORDER BY created_at_ms LIMIT :limit)
      """)
  int removeBegunBefore(Instant instant, int limit);
}
