package org.securechat.domain.upkeep;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.securechat.domain.account.RegistrationSettings;
import org.securechat.domain.account.RegistrationStore;
import org.securechat.domain.account.SecondFactorStore;
import org.securechat.domain.credential.AttemptCounter;
import org.securechat.domain.credential.AttemptStore;
import org.securechat.domain.credential.CredentialSettings;
import org.securechat.domain.credential.LoginTicket;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.request.ReplayMemory;
import org.securechat.domain.request.RequestSettings;
import org.securechat.domain.session.SessionSettings;
import org.securechat.domain.session.SessionStore;

/**
 * Removes what has expired. Nothing depends on when it runs: what is expired is refused whether it
 * is still stored or not. Two processes may run it at once.
 */
public final class Housekeeping {
  /** The most rows that one call removes of each thing. */
  static final int BATCH = 500;

  /**
   * How much longer than it could be accepted a used request or step is remembered: time passes
   * between the check of its age and the moment that spends it, and clocks are set back.
   */
  static final Duration MARGIN = Duration.ofMinutes(10);

  private final ReplayMemory replays;
  private final RegistrationStore registrations;
  private final SessionStore sessions;
  private final SecondFactorStore secondFactors;
  private final AttemptStore attempts;
  private final RequestSettings requestSettings;
  private final RegistrationSettings registrationSettings;
  private final SessionSettings sessionSettings;
  private final CredentialSettings credentialSettings;
  private final Clock clock;

  public Housekeeping(
      ReplayMemory replays,
      RegistrationStore registrations,
      SessionStore sessions,
      SecondFactorStore secondFactors,
      AttemptStore attempts,
      RequestSettings requestSettings,
      RegistrationSettings registrationSettings,
      SessionSettings sessionSettings,
      CredentialSettings credentialSettings,
      Clock clock) {
    this.replays = replays;
    this.registrations = registrations;
    this.sessions = sessions;
    this.secondFactors = secondFactors;
    this.attempts = attempts;
    this.requestSettings = requestSettings;
    this.registrationSettings = registrationSettings;
    this.sessionSettings = sessionSettings;
    this.credentialSettings = credentialSettings;
    this.clock = clock;
  }

  /**
   * Does one bounded batch.
   *
   * @return whether more is left, so that another call now is worth it
   */
  public boolean run() {
    Instant now = clock.instant();
    Instant tooOld = now.minus(requestSettings.maxAge()).minus(MARGIN);
    boolean more = replays.forgetBefore(tooOld, BATCH) == BATCH;
    more |=
        registrations.removeBegunBefore(now.minus(registrationSettings.lifetime()), BATCH) == BATCH;
    more |=
        sessions.removeExpired(
                now.minus(sessionSettings.idle()), now.minus(sessionSettings.lifetime()), BATCH)
            == BATCH;
    more |= secondFactors.forgetStepsBefore(TotpStep.at(now.minus(MARGIN)), BATCH) == BATCH;
    more |= secondFactors.removeTicketsBefore(now.minus(LoginTicket.LIFETIME), BATCH) == BATCH;
    more |=
        secondFactors.removeResetsBefore(now.minus(registrationSettings.lifetime()), BATCH)
            == BATCH;
    for (AttemptCounter.Kind kind : AttemptCounter.Kind.values()) {
      if (kind.expires()) {
        more |=
            attempts.forgetBefore(kind, now.minus(credentialSettings.memory(kind)), now, BATCH)
                == BATCH;
      }
    }
    return more;
  }
}
