package org.securechat.domain.credential;

import java.util.List;
import org.securechat.domain.identity.Sha256;
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
    /** Failed credentials for one account, by whoever knows its name. */
    ACCOUNT_UNSIGNED(false),
    /** Failed credentials for a name that nobody has; forgotten some day, there are so many. */
    UNKNOWN_NAME(true),
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

  public static AttemptCounter signedFailuresOf(UserId user) {
    return new AttemptCounter(Kind.ACCOUNT_SIGNED, Long.toString(user.value()));
  }

  public static AttemptCounter unsignedFailuresOf(UserId user) {
    return new AttemptCounter(Kind.ACCOUNT_UNSIGNED, Long.toString(user.value()));
  }

  /** All that is counted for an account, to be removed with it. */
  public static List<AttemptCounter> allOf(UserId user) {
    return List.of(signedFailuresOf(user), unsignedFailuresOf(user));
  }

  static AttemptCounter failuresOfUnknown(Sha256 name) {
    return new AttemptCounter(Kind.UNKNOWN_NAME, name.toHex());
  }

  static AttemptCounter registrationsFrom(RemoteAddress address) {
    return new AttemptCounter(Kind.REGISTRATION, address.network());
  }
}
