package org.securechat.persistence;

import java.util.List;

/**
 * What of an entry, or an epoch, decides whether a page has room for it.
 *
 * @param size bytes of its ciphertext or statement
 * @param files how many it carries
 */
record EntrySize(long id, long size, int files) {

  /** The first of these, as many as there is room for; at least one. */
  static List<EntrySize> take(List<EntrySize> found, int limit, int maxBytes) {
    int taken = 0;
    long bytes = 0;
    for (EntrySize each : found) {
      bytes += each.size();
      if (taken == limit || (bytes > maxBytes && taken > 0)) {
        break;
      }
      taken++;
    }
    return found.subList(0, taken);
  }
}
