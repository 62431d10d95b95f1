package org.securechat.testkit.memory;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.SignatureVerifier;

/**
 * The JDK's own Ed25519, so that tests need no other library. It does not detect keys of mixed
 * order and is slow: in production use chat-crypto's.
 */
public final class JdkSignatureVerifier implements SignatureVerifier {

  @Override
  public void verify(IdentityKey key, byte[] message, Signature signature)
      throws SignatureException {
    boolean verifies;
    try {
      java.security.Signature verifier = java.security.Signature.getInstance("Ed25519");
      verifier.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key.toSpki())));
      verifier.update(message);
      verifies =
          !SmallOrder.startsWithOne(signature.toByteArray())
              && verifier.verify(signature.toByteArray());
    } catch (GeneralSecurityException e) {
      throw new SignatureException("Not a valid signature", e);
    }
    if (!verifies) {
      throw new SignatureException("Not a valid signature");
    }
  }

  @Override
  public boolean isSound(IdentityKey key) {
    byte[] bytes = key.toByteArray();
    if (SmallOrder.startsWithOne(bytes) || !SmallOrder.isCanonical(bytes)) {
      return false;
    }
    try {
      java.security.Signature.getInstance("Ed25519")
          .initVerify(
              KeyFactory.getInstance("Ed25519")
                  .generatePublic(new X509EncodedKeySpec(key.toSpki())));
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
