package org.securechat.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.bouncycastle.pqc.crypto.xwing.XWingPrivateKeyParameters;
import org.bouncycastle.pqc.crypto.xwing.XWingPublicKeyParameters;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * HPKE (RFC 9180) in the base mode with HKDF-SHA256 and AES-256-GCM, one message a context. What is
 * sealed is the encapsulated key followed by the ciphertext. Safe for use by many threads.
 */
public enum HpkeSuite {
  /** DHKEM(X25519, HKDF-SHA256), 0x0020: keys of 32 bytes, both halves. */
  X25519(HPKE.kem_X25519_SHA256, 32) {
    @Override
    AsymmetricKeyParameter publicKey(byte[] bytes) {
      return new X25519PublicKeyParameters(bytes);
    }

    @Override
    AsymmetricCipherKeyPair keyPair(byte[] privateKey) {
      X25519PrivateKeyParameters key = new X25519PrivateKeyParameters(privateKey);
      return new AsymmetricCipherKeyPair(key.generatePublicKey(), key);
    }

    @Override
    HPKEContextWithEncapsulation sender(
        HPKE hpke, AsymmetricKeyParameter recipient, byte[] info, RandomSource random) {
      return hpke.setupBaseS(recipient, info, hpke.deriveKeyPair(random.bytes(SEED_LENGTH)));
    }
  },

  /**
   * X-Wing (draft-connolly-cfrg-xwing-kem-06), 0x647a: public keys of 1,216 bytes, private ones are
   * the decapsulation seed of 32.
   */
  X_WING(HPKE.kem_X_WING, 1120) {
    @Override
    AsymmetricKeyParameter publicKey(byte[] bytes) {
      return new XWingPublicKeyParameters(bytes);
    }

    @Override
    AsymmetricCipherKeyPair keyPair(byte[] privateKey) {
      XWingPrivateKeyParameters key = new XWingPrivateKeyParameters(privateKey);
      return new AsymmetricCipherKeyPair(key.getPublicKeyParameters(), key);
    }

    @Override
    HPKEContextWithEncapsulation sender(
        HPKE hpke, AsymmetricKeyParameter recipient, byte[] info, RandomSource random) {
      return hpke.setupBaseS(recipient, info, random.bytes(2 * SEED_LENGTH));
    }
  };

  private static final int SEED_LENGTH = 32;

  private final short kem;
  private final int encapsulationLength;

  HpkeSuite(short kem, int encapsulationLength) {
    this.kem = kem;
    this.encapsulationLength = encapsulationLength;
  }

  abstract AsymmetricKeyParameter publicKey(byte[] bytes);

  abstract AsymmetricCipherKeyPair keyPair(byte[] privateKey);

  /** The ephemeral secret comes from the source that tests can hold still. */
  abstract HPKEContextWithEncapsulation sender(
      HPKE hpke, AsymmetricKeyParameter recipient, byte[] info, RandomSource random);

  private HPKE hpke() {
    return new HPKE(HPKE.mode_base, kem, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
  }

  /** Bytes of the encapsulated key. */
  public int encapsulationLength() {
    return encapsulationLength;
  }

  /**
   * Seals for the holder of a private key.
   *
   * @throws InvalidValueException if the recipient's key is none, or one with which everybody would
   *     have the secret
   */
  public byte[] seal(
      byte[] recipient, byte[] info, byte[] associated, byte[] plaintext, RandomSource random) {
    try {
      HPKEContextWithEncapsulation context = sender(hpke(), publicKey(recipient), info, random);
      byte[] encapsulation = context.getEncapsulation();
      byte[] ciphertext = context.seal(associated, plaintext);
      byte[] sealed = Arrays.copyOf(encapsulation, encapsulation.length + ciphertext.length);
      System.arraycopy(ciphertext, 0, sealed, encapsulation.length, ciphertext.length);
      return sealed;
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new InvalidValueException("The recipient's key is not sound");
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException("AES-256-GCM encrypts everything", e);
    }
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @throws GeneralSecurityException if the key is another, or anything was changed
   */
  public byte[] open(byte[] privateKey, byte[] info, byte[] associated, byte[] sealed)
      throws GeneralSecurityException {
    if (sealed.length < encapsulationLength + AesGcm.TAG_LENGTH) {
      throw new GeneralSecurityException("Too short for a key and a tag");
    }
    AsymmetricCipherKeyPair recipient = keyPair(privateKey);
    try {
      return hpke()
          .setupBaseR(Arrays.copyOf(sealed, encapsulationLength), recipient, info)
          .open(associated, Arrays.copyOfRange(sealed, encapsulationLength, sealed.length));
    } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException e) {
      throw new GeneralSecurityException("Does not open", e);
    }
  }
}
