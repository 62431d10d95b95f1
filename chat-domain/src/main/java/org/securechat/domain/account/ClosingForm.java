package org.securechat.domain.account;

import org.securechat.domain.credential.PasswordHash;
import org.securechat.domain.credential.TotpCode;

/** What the end of an account is asked for with; each value is in form. */
public record ClosingForm(PasswordHash passwordHash, TotpCode code) {}
