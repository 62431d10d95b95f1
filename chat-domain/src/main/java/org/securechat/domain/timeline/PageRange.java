package org.securechat.domain.timeline;

import java.util.Map;
import java.util.Optional;
import org.securechat.domain.conversation.Window;
import org.securechat.domain.rejection.RejectedException;

/**
 * Which entries of a timeline are asked for.
 *
 * @param after only later ones
 * @param before only earlier ones
 * @param newestFirst whether the page ends at the newest of these or begins at the oldest
 */
public record PageRange(long after, long before, boolean newestFirst) {

  /**
   * Holds a request to one bound.
   *
   * @throws RejectedException with INVALID_REQUEST if there are both
   */
  static void requireOneBound(Optional<Long> before, Optional<Long> after) {
    if (before.isPresent() && after.isPresent()) {
      throw RejectedException.invalidFields(Map.of("after", "Excludes before"));
    }
  }

  /**
   * The range of a request.
   *
   * @param before entries before this one
   * @param after entries after this one; without it, the page ends at the newest
   */
  static PageRange of(Optional<Long> before, Optional<Long> after, Window window) {
    return new PageRange(
        Math.max(window.after(), after.orElse(0L)), before.orElse(Long.MAX_VALUE), after.isEmpty());
  }

  /** What follows an entry, up to another one and with it. */
  public static PageRange between(long entry, long last, Window window) {
    return new PageRange(Math.max(window.after(), entry), last + 1, false);
  }
}
