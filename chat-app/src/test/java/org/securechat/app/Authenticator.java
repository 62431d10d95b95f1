package org.securechat.app;

import java.time.Duration;
import org.securechat.domain.credential.TotpCode;
import org.securechat.domain.credential.TotpSecret;
import org.securechat.domain.credential.TotpStep;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.memory.HmacTotpCodes;
import org.securechat.testkit.memory.JdkRandomSource;

/** What somebody holds in their hand: shows codes, and waits for the next one. */
final class Authenticator {
  private static final HmacTotpCodes CODES = new HmacTotpCodes(new JdkRandomSource());
  private static final Duration STEP = Duration.ofSeconds(30);

  private final TestClock clock;

  Authenticator(TestClock clock) {
    this.clock = clock;
  }

  /** The code that is shown now. */
  String code(String secret) {
    return CODES.codeAt(TotpSecret.parse(secret), TotpStep.at(clock.instant())).secretText();
  }

  /** The code that comes next, because each is good for one use; time goes on until then. */
  String nextCode(String secret) {
    clock.advance(STEP);
    return code(secret);
  }

  /** Six digits that no step around now has. */
  String wrongCode(String secret) {
    for (int number = 0; ; number++) {
      String digits = "%06d".formatted(number);
      if (CODES
          .match(TotpSecret.parse(secret), TotpCode.parse(digits), clock.instant())
          .isEmpty()) {
        return digits;
      }
    }
  }
}
