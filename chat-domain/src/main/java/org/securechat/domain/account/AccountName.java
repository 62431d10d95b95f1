package org.securechat.domain.account;

import java.util.Optional;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.Username;

/** What somebody signs in by: a username, or an email address. */
public final class AccountName {
  private final Optional<Username> username;
  private final Optional<EmailAddress> email;

  private AccountName(Optional<Username> username, Optional<EmailAddress> email) {
    this.username = username;
    this.email = email;
  }

  public static AccountName of(Username username) {
    return new AccountName(Optional.of(username), Optional.empty());
  }

  public static AccountName of(EmailAddress email) {
    return new AccountName(Optional.empty(), Optional.of(email));
  }

  /** The one form of all its spellings; a name and an address never have the same. */
  String canonical() {
    return username
        .map(name -> "username\n" + name.canonical())
        .or(() -> email.map(address -> "email\n" + address.canonical()))
        .orElseThrow();
  }

  /** Present unless {@link #email} is. */
  public Optional<Username> username() {
    return username;
  }

  /** Present unless {@link #username} is. */
  public Optional<EmailAddress> email() {
    return email;
  }
}
