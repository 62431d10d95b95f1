package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.contract.AccountFixtures.NOON;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.securechat.domain.credential.TotpCode;
import org.securechat.domain.credential.TotpCodes;
import org.securechat.domain.credential.TotpSecret;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.Username;

/** What every {@link TotpCodes} does; implement it in a test class of the adapter. */
public interface TotpCodesContract {
  /** The secret of RFC 6238, appendix B. */
  TotpSecret PUBLISHED = TotpSecret.parse("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");

  TotpStep STEP = TotpStep.at(NOON);

  TotpCodes codes();

  private TotpCode code(int stepsFromNow) {
    return codes().codeAt(PUBLISHED, STEP.plus(stepsFromNow));
  }

  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  default void codeAt_publishedTimes_givesPublishedCodes(long second, String digits) {
    TotpStep step = TotpStep.at(Instant.ofEpochSecond(second));

    assertEquals(digits, codes().codeAt(PUBLISHED, step).secretText());
  }

  @Test
  default void match_oneStepEitherSide_tellsTheStep() {
    for (int steps = -1; steps <= 1; steps++) {
      assertEquals(Optional.of(STEP.plus(steps)), codes().match(PUBLISHED, code(steps), NOON));
    }
  }

  @Test
  default void match_twoStepsAway_isEmpty() {
    assertEquals(Optional.empty(), codes().match(PUBLISHED, code(-2), NOON));
    assertEquals(Optional.empty(), codes().match(PUBLISHED, code(2), NOON));
  }

  @Test
  default void match_atTheEpoch_findsItsStep() {
    Instant epoch = Instant.EPOCH;
    TotpCode first = codes().codeAt(PUBLISHED, TotpStep.at(epoch));

    assertEquals(Optional.of(new TotpStep(0)), codes().match(PUBLISHED, first, epoch));
  }

  @Test
  default void newSecret_twice_differs() {
    assertNotEquals(codes().newSecret().secretText(), codes().newSecret().secretText());
  }

  @Test
  default void provisioningUri_anyAccount_carriesTheSecret() {
    String uri = codes().provisioningUri(PUBLISHED, new Username("alice"));

    assertTrue(uri.startsWith("otpauth://totp/"), uri);
    assertTrue(uri.contains("alice"), uri);
    assertTrue(uri.contains("secret=" + PUBLISHED.secretText()), uri);
  }
}
