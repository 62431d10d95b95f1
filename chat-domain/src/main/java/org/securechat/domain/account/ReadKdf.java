package org.securechat.domain.account;

import java.util.Optional;
import org.securechat.domain.credential.KeyedHash;
import org.securechat.domain.identity.UserId;

/** Use case: a device that knows only a name asks how to stretch the password. */
public final class ReadKdf {
  private final AccountStore accounts;
  private final KeyedHash names;

  ReadKdf(AccountStore accounts, KeyedHash names) {
    this.accounts = accounts;
    this.names = names;
  }

  /**
   * The parameters of the account of a name. For a name that nobody has, those of some account,
   * drawn by the name: so answers for unknown names are spread as those for known ones are, and the
   * same name gets the same answer as long as no account comes or goes between. Both are looked up
   * for every name.
   */
  public KdfParameters read(AccountName name) {
    Optional<KdfParameters> own = accounts.findKdf(name);
    Optional<KdfParameters> drawn =
        accounts.kdfFrom(UserId.drawn(names.of("kdf\n" + name.canonical())));
    return own.or(() -> drawn).orElse(KdfParameters.ORIGINAL);
  }
}
