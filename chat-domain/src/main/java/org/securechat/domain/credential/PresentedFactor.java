package org.securechat.domain.credential;

/** A second factor as somebody presents it; whether it is right is still to be checked. */
public sealed interface PresentedFactor {

  /** A code of the authenticator application. */
  record Totp(TotpCode code) implements PresentedFactor {}

  /** One of the codes that were given out at registration. */
  record Recovery(RecoveryCode code) implements PresentedFactor {}

  /** What a device without the key got for its second factor. */
  record Ticket(LoginTicket ticket) implements PresentedFactor {}
}
