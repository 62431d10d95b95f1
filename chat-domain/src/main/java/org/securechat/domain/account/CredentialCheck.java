package org.securechat.domain.account;

import java.time.Clock;
import java.util.Optional;
import org.securechat.domain.credential.CredentialGate;
import org.securechat.domain.credential.LoginTicket;
import org.securechat.domain.credential.PasswordHash;
import org.securechat.domain.credential.PresentedFactor;
import org.securechat.domain.credential.SecondFactor;
import org.securechat.domain.credential.TotpCode;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.rejection.RejectedException;

/** Checks what somebody presents for an account; every part of it is always checked. */
final class CredentialCheck {
  private final CredentialGate gate;
  private final AccountSecrets secrets;
  private final SecondFactorStore factors;
  private final Clock clock;

  CredentialCheck(
      CredentialGate gate, AccountSecrets secrets, SecondFactorStore factors, Clock clock) {
    this.gate = gate;
    this.secrets = secrets;
    this.factors = factors;
    this.clock = clock;
  }

  /**
   * Checks password and second factor.
   *
   * @return the proof, which the change spends
   * @throws RejectedException with INVALID_CREDENTIALS, whichever was wrong
   */
  Proof check(Account account, PasswordHash password, PresentedFactor factor) {
    SecondFactor right =
        gate.check(account.secrets().passwordVerifier(), password, () -> match(account, factor));
    return new Proof(Optional.of(right), account.secrets());
  }

  /**
   * Checks the password alone.
   *
   * @throws RejectedException with INVALID_CREDENTIALS
   */
  Proof checkPassword(Account account, PasswordHash password) {
    gate.checkPassword(account.secrets().passwordVerifier(), password);
    return new Proof(Optional.empty(), account.secrets());
  }

  private Optional<SecondFactor> match(Account account, PresentedFactor factor) {
    if (factor instanceof PresentedFactor.Totp totp) {
      return match(account, totp.code());
    }
    if (factor instanceof PresentedFactor.Recovery recovery) {
      SecondFactor.Code code = new SecondFactor.Code(recovery.code().hashFor(account.id()));
      return Optional.<SecondFactor>of(code).filter(right -> isUnspent(account, right));
    }
    if (factor instanceof PresentedFactor.Ticket ticket) {
      return match(account, ticket.ticket());
    }
    throw new IllegalStateException("A factor of a kind that nobody has heard of");
  }

  /** A wrong code is looked up too: else a spent one would take longer, and tell that it is one. */
  private Optional<SecondFactor> match(Account account, TotpCode code) {
    Optional<TotpStep> matching = gate.match(secrets.totpSecretOf(account), code);
    SecondFactor step =
        new SecondFactor.Step(matching.orElseGet(() -> TotpStep.at(clock.instant())));
    boolean unspent = isUnspent(account, step);
    return matching.isPresent() && unspent ? Optional.of(step) : Optional.empty();
  }

  private Optional<SecondFactor> match(Account account, LoginTicket ticket) {
    return factors
        .findTicket(ticket.hash())
        .filter(issued -> issued.user().equals(account.id()))
        .filter(issued -> clock.instant().isBefore(issued.createdAt().plus(LoginTicket.LIFETIME)))
        .map(issued -> new SecondFactor.Ticket(issued.ticketHash(), issued.byRecoveryCode()));
  }

  private boolean isUnspent(Account account, SecondFactor factor) {
    return factors.isUnspent(account.id(), factor);
  }
}
