package org.securechat.domain.session;

/** What a session is good for. The names are stored. */
public enum SessionState {
  /** Everything its user may do. */
  FULL,
  /** Opened by a recovery code: good only for setting up a new second factor. */
  RESET_REQUIRED
}
