package org.securechat.crypto;

import java.security.SignatureException;
import java.util.HexFormat;
import java.util.List;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.SignatureVerifier;

/**
 * Known answers that a verifier must give before it is used: two good signatures of RFC 8032,
 * section 7.1, and forgeries of the kinds that libraries let through.
 */
final class SignatureSelfTest {
  private static final String KEY =
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
  private static final String MESSAGE = "72";
  private static final String SIGNATURE =
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
          + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

  private static final List<Answer> ANSWERS =
      List.of(
          new Answer(KEY, MESSAGE, SIGNATURE, true),
          new Answer(
              "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
              "af82",
              "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                  + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
              true),
          // another message
          new Answer(KEY, "73", SIGNATURE, false),
          // another key
          new Answer(
              "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
              MESSAGE,
              SIGNATURE,
              false),
          // S + L in the place of S
          new Answer(
              KEY,
              MESSAGE,
              "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                  + "f52db7415978abc61b2c2eb6aeebfca0387b2eaeb4302aeeb00d291612bb0c10",
              false),
          // R plus a point of order 2: good if both sides are multiplied by the cofactor
          new Answer(
              KEY,
              MESSAGE,
              "666c09f9a233782bd7ba079cb7145578d1adf0dbbdf9ba7ad28f67aaac959a11"
                  + "5023f1806d021280285f535a18982707998587ccd2a7a3cf64ee4848d613d805",
              false),
          // R plus a point of order 8, likewise
          new Answer(
              KEY,
              MESSAGE,
              "2a686932f547f4dd02bb4142e2ec0b6d522e85a01a1538ab9f1268a3f23851e6"
                  + "45ba81e07e335d46ab7d614560769d6c98a499429173f20c7fa789d10f50b403",
              false),
          // R the neutral element
          new Answer(
              KEY,
              MESSAGE,
              "0100000000000000000000000000000000000000000000000000000000000000"
                  + "675d054595fa17cb6a44e3ada6ca385e55667e41a63fdab0ac22d10000354002",
              false),
          // R the neutral element with y = p + 1
          new Answer(
              KEY,
              MESSAGE,
              "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
                  + "0a0403c78756704394a791302d07acbdf846e02e6371010b73f9c021313bde01",
              false));

  private SignatureSelfTest() {}

  private record Answer(String key, String message, String signature, boolean isGood) {}

  static boolean passes(SignatureVerifier verifier) {
    return ANSWERS.stream().allMatch(answer -> verifies(verifier, answer) == answer.isGood());
  }

  private static boolean verifies(SignatureVerifier verifier, Answer answer) {
    try {
      verifier.verify(
          IdentityKey.copyOf(hex(answer.key())),
          hex(answer.message()),
          Signature.copyOf(hex(answer.signature())));
      return true;
    } catch (SignatureException e) {
      return false;
    }
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
