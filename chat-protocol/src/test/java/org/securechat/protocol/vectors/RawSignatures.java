package org.securechat.protocol.vectors;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.securechat.protocol.key.IdentityKeyPair;

/** Signatures over any bytes, and such as no honest signer makes. */
public final class RawSignatures {
  private static final BigInteger GROUP_ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private RawSignatures() {}

  public static byte[] signed(IdentityKeyPair identity, byte[] text) {
    byte[] signature = new byte[64];
    Ed25519.sign(identity.secretSeed(), 0, text, 0, text.length, signature, 0);
    return signature;
  }

  /** A signature whose equation holds, with the neutral element as R: S is k times the scalar. */
  public static byte[] signedWithNeutralR(IdentityKeyPair identity, byte[] text) {
    byte[] expanded = sha512(identity.secretSeed());
    expanded[0] &= (byte) 0xf8;
    expanded[31] = (byte) ((expanded[31] & 0x7f) | 0x40);
    byte[] signature = new byte[64];
    signature[0] = 1;
    byte[] k = sha512(Arrays.copyOf(signature, 32), identity.publicKey().toByteArray(), text);
    BigInteger s = number(k, 64).multiply(number(expanded, 32)).mod(GROUP_ORDER);
    for (int i = 32; i < 64; i++) {
      signature[i] = s.byteValue();
      s = s.shiftRight(8);
    }
    return signature;
  }

  private static BigInteger number(byte[] littleEndian, int length) {
    BigInteger number = BigInteger.ZERO;
    for (int i = length - 1; i >= 0; i--) {
      number = number.shiftLeft(8).or(BigInteger.valueOf(littleEndian[i] & 0xff));
    }
    return number;
  }

  private static byte[] sha512(byte[]... parts) {
    try {
      MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
      for (byte[] part : parts) {
        sha512.update(part);
      }
      return sha512.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Another text of the same signature, for a verifier that doesn't look at S. */
  public static byte[] malleated(byte[] signature) {
    byte[] malleated = signature.clone();
    BigInteger s = BigInteger.ZERO;
    for (int i = 63; i >= 32; i--) {
      s = s.shiftLeft(8).or(BigInteger.valueOf(signature[i] & 0xff));
    }
    s = s.add(GROUP_ORDER);
    for (int i = 32; i < 64; i++) {
      malleated[i] = s.byteValue();
      s = s.shiftRight(8);
    }
    return malleated;
  }
}
