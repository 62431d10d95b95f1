package org.securechat.domain.account;

import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.session.Caller;
import org.securechat.domain.session.SignedCaller;

/**
 * Use case: somebody publishes the key that conversation keys are wrapped to, once and for good.
 */
public final class PublishEncryptionKey {
  private final AccountStore accounts;
  private final SignatureVerifier signatures;
  private final ReadOwnAccount ownAccount;

  PublishEncryptionKey(
      AccountStore accounts, SignatureVerifier signatures, ReadOwnAccount ownAccount) {
    this.accounts = accounts;
    this.signatures = signatures;
    this.ownAccount = ownAccount;
  }

  /**
   * Publishes a key; the same one again changes nothing.
   *
   * @throws RejectedException with INVALID_REQUEST if its signature does not verify,
   *     REPLAYED_REQUEST, NOT_AUTHENTICATED if the session ended meanwhile, or
   *     ENCRYPTION_KEY_EXISTS if there is another
   */
  public OwnAccount publish(SignedCaller caller, EncryptionKey key) {
    Caller owner = caller.caller();
    SignedEncryptionKey.require(key, owner.key(), signatures);
    EncryptionKey published = accounts.publish(key, owner.actor(), caller.once());
    if (!published.hasSameBytes(key)) {
      throw RejectedException.of(Rejection.ENCRYPTION_KEY_EXISTS);
    }
    return ownAccount.read(owner);
  }
}
