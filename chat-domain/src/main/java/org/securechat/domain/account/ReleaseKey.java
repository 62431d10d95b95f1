package org.securechat.domain.account;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.securechat.domain.credential.Charges;
import org.securechat.domain.credential.CredentialGate;
import org.securechat.domain.credential.KeyedHash;
import org.securechat.domain.credential.LoginTicket;
import org.securechat.domain.credential.RemoteAddress;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.UnavailableException;

/**
 * Use case: a device that has no key yet proves password and second factor and gets the encrypted
 * key, with a ticket to sign in by. Nobody signs for it, so nothing that is wrong can be told from
 * another: a name that nobody has costs the same work as one that somebody has.
 */
public final class ReleaseKey {
  private final CredentialGate gate;
  private final CredentialCheck check;
  private final AccountSecrets secrets;
  private final Account decoy;
  private final AccountStore accounts;
  private final SecondFactorStore factors;
  private final KeyedHash names;
  private final RandomSource random;
  private final Clock clock;

  ReleaseKey(
      AccountTools tools,
      AccountStore accounts,
      SecondFactorStore factors,
      KeyedHash names,
      RandomSource random,
      Clock clock) {
    this.gate = tools.gate();
    this.check = tools.check();
    this.secrets = tools.secrets();
    this.decoy = tools.decoy();
    this.accounts = accounts;
    this.factors = factors;
    this.names = names;
    this.random = random;
    this.clock = clock;
  }

  /**
   * Gives the key out, and spends the second factor.
   *
   * @param login its factor is a code or a recovery code
   * @throws RejectedException with RATE_LIMITED for the address or the account, or
   *     INVALID_CREDENTIALS, looked at in this order
   * @throws UnavailableException if the hasher or the store has no time
   */
  public ReleasedKey release(LoginForm login, RemoteAddress address) {
    Charges charges = gate.chargeAddress(address);
    return gate.judgeUnsigned(charges, () -> release(login, charges));
  }

  private ReleasedKey release(LoginForm login, Charges charges) {
    Optional<Account> found = accounts.find(login.name());
    Sha256 name = names.of(login.name().canonical());
    if (found.isPresent()) {
      gate.chargeUnsigned(found.get().id(), charges);
    } else {
      gate.chargeUnknown(name, charges);
    }
    Account account = found.orElse(decoy);
    Proof proof = check.check(account, login.passwordHash(), login.factor());

    LoginTicket ticket = LoginTicket.random(random);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    IssuedTicket issued =
        new IssuedTicket(ticket.hash(), account.id(), proof.byRecoveryCode(), now);
    if (!factors.issue(issued, proof, charges.success())) {
      throw AccountChecks.refused();
    }
    return new ReleasedKey(account.profile(), secrets.privateKeyOf(account), ticket);
  }
}
