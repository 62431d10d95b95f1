package org.securechat.domain.upkeep;

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

/** Removes what has expired of accounts, sessions and credentials. */
public final class AccountSweep {
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

  public AccountSweep(
      ReplayMemory replays,
      RegistrationStore registrations,
      SessionStore sessions,
      SecondFactorStore secondFactors,
      AttemptStore attempts,
      RequestSettings requestSettings,
      RegistrationSettings registrationSettings,
      SessionSettings sessionSettings,
      CredentialSettings credentialSettings) {
    this.replays = replays;
    this.registrations = registrations;
    this.sessions = sessions;
    this.secondFactors = secondFactors;
    this.attempts = attempts;
    this.requestSettings = requestSettings;
    this.registrationSettings = registrationSettings;
    this.sessionSettings = sessionSettings;
    this.credentialSettings = credentialSettings;
  }

  /** Does one batch; returns whether more is left. */
  boolean run(Instant now) {
    Instant tooOld = now.minus(requestSettings.maxAge()).minus(MARGIN);
    boolean more = replays.forgetBefore(tooOld, Housekeeping.BATCH) == Housekeeping.BATCH;
    more |=
        registrations.removeBegunBefore(
                now.minus(registrationSettings.lifetime()), Housekeeping.BATCH)
            == Housekeeping.BATCH;
    more |=
        sessions.removeExpired(
                now.minus(sessionSettings.idle()),
                now.minus(sessionSettings.lifetime()),
                Housekeeping.BATCH)
            == Housekeeping.BATCH;
    more |=
        secondFactors.forgetStepsBefore(TotpStep.at(now.minus(MARGIN)), Housekeeping.BATCH)
            == Housekeeping.BATCH;
    more |=
        secondFactors.removeTicketsBefore(now.minus(LoginTicket.LIFETIME), Housekeeping.BATCH)
            == Housekeeping.BATCH;
    more |=
        secondFactors.removeResetsBefore(
                now.minus(registrationSettings.lifetime()), Housekeeping.BATCH)
            == Housekeeping.BATCH;
    for (AttemptCounter.Kind kind : AttemptCounter.Kind.values()) {
      if (kind.expires()) {
        more |=
            attempts.forgetBefore(
                    kind, now.minus(credentialSettings.memory(kind)), now, Housekeeping.BATCH)
                == Housekeeping.BATCH;
      }
    }
    return more;
  }
}
