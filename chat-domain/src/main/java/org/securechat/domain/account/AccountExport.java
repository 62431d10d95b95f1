package org.securechat.domain.account;

import java.util.List;
import org.securechat.domain.session.Session;

/**
 * Everything that the server holds about a user, but for what only its thief would want: the
 * password verifier, the second factor's secret and the hashes of codes and tickets.
 *
 * @param sessions all of them, live or not
 */
public record AccountExport(
    OwnAccount account, List<Session> sessions, List<Block> blocks, Holdings holdings) {

  public AccountExport {
    sessions = List.copyOf(sessions);
    blocks = List.copyOf(blocks);
  }
}
