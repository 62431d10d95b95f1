package org.securechat.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.SignatureVerifier;

/**
 * The key of the account that stands in for unknown names is drawn by a rule that leaves nobody a
 * choice; that the domain holds logins to it is shown in chat-testkit.
 */
class DecoyKeyTest {

  @Test
  void decoyKey_firstSoundDigest_isTheSeventh() {
    SignatureVerifier verifier = new BouncyCastleSignatureVerifier();

    OptionalInt first =
        IntStream.rangeClosed(0, 100).filter(i -> verifier.isSound(digest(i))).findFirst();

    assertEquals(OptionalInt.of(7), first);
  }

  private static IdentityKey digest(int number) {
    byte[] text = ("secure-chat/v1/decoy-key " + number).getBytes(StandardCharsets.US_ASCII);
    return IdentityKey.copyOf(Sha256.of(text).toByteArray());
  }
}
