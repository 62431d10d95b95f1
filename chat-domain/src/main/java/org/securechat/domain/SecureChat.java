package org.securechat.domain;

import org.securechat.domain.account.ConfirmRegistration;
import org.securechat.domain.account.LogIn;
import org.securechat.domain.account.LogOut;
import org.securechat.domain.account.ReadOwnAccount;
import org.securechat.domain.account.RegisterAccount;
import org.securechat.domain.credential.CredentialGate;
import org.securechat.domain.request.VerifySignedRequest;
import org.securechat.domain.session.AuthenticateCaller;
import org.securechat.domain.upkeep.Housekeeping;

/**
 * The chat core, put together: takes the ports and hands out the use cases. Holds no state beside
 * them; safe for use by many threads.
 */
public final class SecureChat {
  private final AuthenticateCaller authenticateCaller;
  private final RegisterAccount registerAccount;
  private final ConfirmRegistration confirmRegistration;
  private final LogIn logIn;
  private final LogOut logOut;
  private final ReadOwnAccount readOwnAccount;
  private final Housekeeping housekeeping;

  public SecureChat(ChatPorts ports, ChatSettings settings) {
    VerifySignedRequest verify =
        new VerifySignedRequest(
            ports.signatures(), ports.stores().replays(), settings.requests(), ports.clock());
    CredentialGate gate =
        new CredentialGate(
            ports.stores().attempts(),
            ports.passwords(),
            ports.totpCodes(),
            settings.credentials(),
            ports.clock());
    authenticateCaller =
        new AuthenticateCaller(
            verify, ports.stores().sessions(), settings.sessions(), ports.clock());
    registerAccount =
        new RegisterAccount(
            verify,
            ports.signatures(),
            gate,
            ports.totpCodes(),
            ports.secretBox(),
            ports.stores().registrations(),
            ports.random(),
            ports.clock());
    confirmRegistration =
        new ConfirmRegistration(
            verify,
            gate,
            ports.secretBox(),
            ports.stores().registrations(),
            settings.registrations(),
            ports.random(),
            ports.clock());
    logIn =
        new LogIn(
            verify,
            gate,
            ports.secretBox(),
            ports.stores().accounts(),
            ports.random(),
            ports.clock());
    logOut = new LogOut(ports.stores().sessions());
    readOwnAccount = new ReadOwnAccount(ports.stores().accounts(), ports.secretBox());
    housekeeping =
        new Housekeeping(
            ports.stores().replays(),
            ports.stores().registrations(),
            ports.stores().sessions(),
            ports.stores().accounts(),
            ports.stores().attempts(),
            settings.requests(),
            settings.registrations(),
            settings.sessions(),
            settings.credentials(),
            ports.clock());
  }

  public AuthenticateCaller authenticateCaller() {
    return authenticateCaller;
  }

  public RegisterAccount registerAccount() {
    return registerAccount;
  }

  public ConfirmRegistration confirmRegistration() {
    return confirmRegistration;
  }

  public LogIn logIn() {
    return logIn;
  }

  public LogOut logOut() {
    return logOut;
  }

  public ReadOwnAccount readOwnAccount() {
    return readOwnAccount;
  }

  public Housekeeping housekeeping() {
    return housekeeping;
  }
}
