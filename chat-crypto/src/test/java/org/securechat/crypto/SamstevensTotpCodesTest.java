package org.securechat.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.crypto.Vectors.Json;
import org.securechat.domain.credential.TotpCode;
import org.securechat.domain.credential.TotpCodes;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.Username;
import org.securechat.testkit.contract.TotpCodesContract;

class SamstevensTotpCodesTest implements TotpCodesContract {
  private final SamstevensTotpCodes codes =
      new SamstevensTotpCodes(new SequenceRandom(), "Secure Chat");

  @Override
  public TotpCodes codes() {
    return codes;
  }

  @Test
  void codeAt_rfc6238File_isTheirs() {
    List<Json> wrong =
        Vectors.json("rfc6238/rfc6238.json")
            .get("cases")
            .items()
            .filter(test -> test.text("alg").equals("SHA1"))
            .filter(test ->
                !codeAt(new TotpStep(Long.parseLong(test.text("T_hex"), 16)))
                    .secretText()
                    .equals(test.text("totp6")))
            .toList();

    assertEquals(List.of(), wrong);
  }

  @Test
  void codeAt_localeWithOtherNumerals_isInAscii() {
    Instant time = Instant.ofEpochSecond(1_234_567_890);
    TotpStep step = TotpStep.at(time);
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertEquals("005924", codeAt(step).secretText());
      assertEquals(Optional.of(step), codes.match(PUBLISHED, codeAt(step), time));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void match_beforeTheEpoch_isThatStep() {
    assertEquals(
        Optional.of(new TotpStep(-1)),
        codes.match(PUBLISHED, codeAt(new TotpStep(-1)), Instant.EPOCH));
    assertEquals(
        Optional.of(new TotpStep(-2)),
        codes.match(PUBLISHED, codeAt(new TotpStep(-2)), Instant.ofEpochSecond(-31)));
  }

  @Test
  void newSecret_twentyRandomBytes_areInBase32() {
    assertEquals("AAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQT", codes.newSecret().secretText());
  }

  @Test
  void provisioningUri_issuerWithSpace_isPercentEncoded() {
    assertEquals(
        "otpauth://totp/Secure%20Chat:alice_1?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
            + "&issuer=Secure%20Chat&algorithm=SHA1&digits=6&period=30",
        codes.provisioningUri(PUBLISHED, new Username("alice_1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a:b"})
  void constructor_issuerThatCannotBeShown_throws(String issuer) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new SamstevensTotpCodes(new SequenceRandom(), issuer));
  }

  private TotpCode codeAt(TotpStep step) {
    return codes.codeAt(PUBLISHED, step);
  }
}
