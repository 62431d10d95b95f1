package org.securechat.domain.credential;

import org.securechat.domain.identity.UserId;

/**
 * What attempts are counted by.
 *
 * @param kind what is counted; a stable name, it is stored
 * @param subject whose; at most 64 characters
 */
public record AttemptCounter(Kind kind, String subject) {
  /** The things that are counted. */
  public enum Kind {
    /** Failed credentials from one address. */
    ADDRESS(true),
    /** Failed credentials for one account, signed with its key. */
    ACCOUNT_SIGNED(false),
    /** Accepted registrations from one address. */
    REGISTRATION(true);

    private final boolean expires;

    Kind(boolean expires) {
      this.expires = expires;
    }

    /** Whether the count ends with its window; if not, only a success ends it. */
    public boolean expires() {
      return expires;
    }
  }

  static AttemptCounter failuresFrom(RemoteAddress address) {
    return new AttemptCounter(Kind.ADDRESS, address.network());
  }

  static AttemptCounter signedFailuresOf(UserId user) {
    return new AttemptCounter(Kind.ACCOUNT_SIGNED, Long.toString(user.value()));
  }

  static AttemptCounter registrationsFrom(RemoteAddress address) {
    return new AttemptCounter(Kind.REGISTRATION, address.network());
  }
}
