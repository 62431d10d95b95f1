package org.securechat.domain.account;

import org.securechat.domain.credential.PasswordHash;
import org.securechat.domain.credential.PresentedFactor;

/** What somebody signs in with; each value is in form. */
public record LoginForm(AccountName name, PasswordHash passwordHash, PresentedFactor factor) {}
