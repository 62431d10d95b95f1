package org.securechat.testkit.usecase;

import org.securechat.domain.account.Confirmed;
import org.securechat.domain.credential.RecoveryCode;
import org.securechat.domain.credential.TotpSecret;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.session.SessionToken;
import org.securechat.testkit.TestUser;

/** Somebody who has an account, with all that only they know. */
record Member(TestUser user, TotpSecret secret, Confirmed confirmed) {

  UserId id() {
    return confirmed.signedIn().account().account().id();
  }

  /** Of the session that the registration opened. */
  SessionToken token() {
    return confirmed.signedIn().token();
  }

  /** One of ten, from 0. */
  RecoveryCode recoveryCode(int number) {
    return confirmed.recoveryCodes().get(number);
  }
}
