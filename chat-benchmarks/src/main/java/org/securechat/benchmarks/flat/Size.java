package org.securechat.benchmarks.flat;

import java.util.ArrayList;
import java.util.List;

/**
 * How large a conversation is.
 *
 * @param messages stored in it
 * @param members joined
 */
record Size(int messages, int members) {
  private static final int FEWEST_MESSAGES = 1_000;
  private static final int FEWEST_MEMBERS = 2;

  /** What the others are held against. */
  static final Size SMALLEST = new Size(FEWEST_MESSAGES, FEWEST_MEMBERS);

  /**
   * The sizes to be compared, the smallest first, each larger in one way.
   *
   * @param messages without the smallest's
   */
  static List<Size> all(List<Integer> messages, List<Integer> members) {
    List<Size> sizes = new ArrayList<>(List.of(SMALLEST));
    messages.forEach(count -> sizes.add(new Size(count, FEWEST_MEMBERS)));
    members.forEach(count -> sizes.add(new Size(FEWEST_MESSAGES, count)));
    return sizes;
  }

  /** What a contender is called that does this in a conversation of this size. */
  String name(String what) {
    return what + ", " + messages + " messages, " + members + " members";
  }
}
