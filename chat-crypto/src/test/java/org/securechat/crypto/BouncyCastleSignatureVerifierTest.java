package org.securechat.crypto;

import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.testkit.contract.SignatureVerifierContract;

class BouncyCastleSignatureVerifierTest implements SignatureVerifierContract, StrictEd25519Tests {

  @Override
  public SignatureVerifier verifier() {
    return new BouncyCastleSignatureVerifier();
  }
}
