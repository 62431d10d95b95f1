package org.securechat.protocol.key;

import static java.nio.charset.StandardCharsets.US_ASCII;

import javax.crypto.AEADBadTagException;
import org.securechat.crypto.AesGcm;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.RandomSource;

/** The key, derived from the password, that a private key is kept under at the server. */
public final class WrappingKey {
  private static final byte[] PLACE = "secure-chat/v1/private-key".getBytes(US_ASCII);

  private final byte[] key;

  WrappingKey(byte[] key) {
    this.key = key;
  }

  /** Wraps the private key under a fresh IV: each time another text. */
  public WrappedPrivateKey wrap(IdentityKeyPair identity, RandomSource random) {
    byte[] iv = random.bytes(AesGcm.IV_LENGTH);
    return new WrappedPrivateKey(iv, AesGcm.encrypt(key, iv, identity.secretSeed(), PLACE));
  }

  /**
   * Opens what {@link #wrap} made, on this device or another.
   *
   * @param owner the public key that the server names in the account's name; the seed alone says
   *     which it must be
   * @throws DoesNotOpenException if the password was another one or anything was changed
   * @throws ForeignKeyException if {@code owner} is not the public key of what opened
   */
  public IdentityKeyPair unwrap(WrappedPrivateKey wrapped, IdentityKey owner)
      throws DoesNotOpenException, ForeignKeyException {
    IdentityKeyPair identity = IdentityKeyPair.ofSeed(open(wrapped));
    if (!identity.publicKey().equals(owner)) {
      throw new ForeignKeyException();
    }
    return identity;
  }

  private byte[] open(WrappedPrivateKey wrapped) throws DoesNotOpenException {
    try {
      return AesGcm.decrypt(key, wrapped.iv(), wrapped.ciphertext(), PLACE);
    } catch (AEADBadTagException e) {
      throw new DoesNotOpenException();
    }
  }

  byte[] secretBytes() {
    return key.clone();
  }

  @Override
  public String toString() {
    return "WrappingKey[secret]";
  }
}
