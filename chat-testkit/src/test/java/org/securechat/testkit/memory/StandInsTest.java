package org.securechat.testkit.memory;

import org.securechat.domain.credential.KeyedHash;
import org.securechat.domain.credential.PasswordHasher;
import org.securechat.domain.credential.SecretBox;
import org.securechat.domain.credential.TotpCodes;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.testkit.contract.AdapterModuleContract;
import org.securechat.testkit.contract.KeyedHashContract;
import org.securechat.testkit.contract.PasswordHasherContract;
import org.securechat.testkit.contract.RandomSourceContract;
import org.securechat.testkit.contract.SecretBoxContract;
import org.securechat.testkit.contract.SignatureVerifierContract;
import org.securechat.testkit.contract.TotpCodesContract;

class StandInsTest
    implements SignatureVerifierContract,
        PasswordHasherContract,
        TotpCodesContract,
        SecretBoxContract,
        KeyedHashContract,
        RandomSourceContract,
        AdapterModuleContract {
  private final RandomSource random = new JdkRandomSource();
  private final SecretBox box = new JdkSecretBox(random);
  private final KeyedHash keyedHash = new JdkKeyedHash(random);

  @Override
  public String adapterPackage() {
    return "org.securechat.testkit.memory";
  }

  @Override
  public SignatureVerifier verifier() {
    return new JdkSignatureVerifier();
  }

  @Override
  public boolean detectsMixedOrder() {
    return false;
  }

  @Override
  public PasswordHasher hasher() {
    return new QuickPasswordHasher(random);
  }

  @Override
  public TotpCodes codes() {
    return new HmacTotpCodes(random);
  }

  @Override
  public SecretBox box() {
    return box;
  }

  @Override
  public SecretBox otherBox() {
    return new JdkSecretBox(random);
  }

  @Override
  public KeyedHash keyedHash() {
    return keyedHash;
  }

  @Override
  public KeyedHash otherKeyedHash() {
    return new JdkKeyedHash(random);
  }

  @Override
  public RandomSource random() {
    return random;
  }
}
