package org.securechat.protocol.key;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.securechat.crypto.HkdfSha256;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.DeletionText;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.MessageText;

/**
 * A person's identity: an Ed25519 key pair (RFC 8032), for good. It signs three kinds of things,
 * which no reader can take for one another: the 32 bytes of an envelope's digest, the signature
 * base of an HTTP message (whose first character is a quote), and texts with a first line of their
 * own. There is a method for each, and none for anything else.
 */
public final class IdentityKeyPair {
  /** Bytes of the private key. */
  static final int SEED_LENGTH = 32;

  private static final byte[] NO_SALT = {};
  private static final byte[] DEVICE_STATE = "secure-chat/v1/device-state".getBytes(US_ASCII);
  private static final byte[] X_WING = "secure-chat/v1/x-wing".getBytes(US_ASCII);

  private final byte[] seed;
  private final IdentityKey publicKey;

  private IdentityKeyPair(byte[] seed) {
    this.seed = seed;
    byte[] point = new byte[IdentityKey.LENGTH];
    Ed25519.generatePublicKey(seed, 0, point, 0);
    this.publicKey = IdentityKey.copyOf(point);
  }

  /** Makes a new identity. */
  public static IdentityKeyPair generate(RandomSource random) {
    return new IdentityKeyPair(random.bytes(SEED_LENGTH));
  }

  /**
   * Takes a private key that was kept elsewhere, under a lock of its own.
   *
   * @throws InvalidValueException unless there are 32 bytes
   */
  public static IdentityKeyPair ofSeed(byte[] seed) {
    if (seed.length != SEED_LENGTH) {
      throw new InvalidValueException("An Ed25519 private key has 32 bytes");
    }
    return new IdentityKeyPair(seed.clone());
  }

  public IdentityKey publicKey() {
    return publicKey;
  }

  public KeyId keyId() {
    return KeyId.of(publicKey);
  }

  /** Signs an envelope, which is done by its digest. */
  public Signature signEnvelope(Sha256 digest) {
    return sign(digest.toByteArray());
  }

  /**
   * Signs the signature base of an HTTP message (RFC 9421, section 2.5).
   *
   * @throws IllegalArgumentException if it doesn't begin with a quote
   */
  public Signature signHttpMessage(String signatureBase) {
    if (!signatureBase.startsWith("\"")) {
      throw new IllegalArgumentException("A signature base begins with a quote");
    }
    return sign(signatureBase.getBytes(US_ASCII));
  }

  /** Signs an epoch's statement. */
  public Signature signStatement(EpochStatement statement) {
    return sign(statement.bytes());
  }

  /**
   * Signs a message.
   *
   * @param contentHash of what was encrypted for it
   */
  public Signature signMessage(MessageText message, Sha256 contentHash) {
    return sign(message.signed(contentHash));
  }

  /** Signs that a message is to be deleted. */
  public Signature signDeletion(DeletionText deletion) {
    return sign(deletion.bytes());
  }

  /** The key that conversation keys are encrypted to; each identity has one. */
  public EncryptionKeyPair encryptionKeyPair() {
    return new EncryptionKeyPair(HkdfSha256.derive(seed, NO_SALT, X_WING, SEED_LENGTH));
  }

  /** Publishes the encryption key under this identity; the same each time. */
  public PublishedEncryptionKey publishEncryptionKey() {
    EncryptionKey key = encryptionKeyPair().publicKey();
    return new PublishedEncryptionKey(key, sign(key.signedText()));
  }

  /** What this identity is reached by where it published no encryption key. */
  public X25519KeyPair x25519KeyPair() {
    SHA512Digest sha512 = new SHA512Digest();
    sha512.update(seed, 0, seed.length);
    byte[] digest = new byte[sha512.getDigestSize()];
    sha512.doFinal(digest, 0);
    return new X25519KeyPair(Arrays.copyOf(digest, X25519Key.LENGTH));
  }

  /**
   * What a device seals its state of conversations with. The password opens the identity, and with
   * it the state, also after the password was changed on another device.
   */
  public DeviceKey stateKey() {
    return new DeviceKey(HkdfSha256.derive(seed, NO_SALT, DEVICE_STATE, SEED_LENGTH));
  }

  /** The private key's 32 bytes, to be kept under a lock and nowhere else; an array of its own. */
  public byte[] secretSeed() {
    return seed.clone();
  }

  private Signature sign(byte[] message) {
    byte[] signature = new byte[Signature.LENGTH];
    Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
    return Signature.copyOf(signature);
  }

  /** The public half alone. */
  @Override
  public String toString() {
    return "IdentityKeyPair[" + publicKey + "]";
  }
}
