package org.securechat.domain.conversation;

import java.util.List;
import org.securechat.domain.identity.Signature;

/**
 * A new epoch as it came.
 *
 * @param statement its text, not read yet
 * @param keys in any order, perhaps doubled
 */
public record EpochForm(String statement, Signature signature, List<MemberKey> keys) {
  public EpochForm {
    keys = List.copyOf(keys);
  }
}
