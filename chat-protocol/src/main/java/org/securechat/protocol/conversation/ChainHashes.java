package org.securechat.protocol.conversation;

import java.util.Arrays;
import java.util.Optional;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.transcript.LogEntry;
import org.securechat.domain.transcript.Seen;

/** The running hash at every entry from a beginning on: 32 bytes each. */
final class ChainHashes {
  private static final int FIRST_ROOM = 64;

  private final Seen beginning;
  private Seen last;
  private byte[] hashes = new byte[FIRST_ROOM * Sha256.LENGTH];

  ChainHashes(Seen beginning) {
    this.beginning = beginning;
    this.last = beginning;
  }

  Seen last() {
    return last;
  }

  /** The place after one more entry; nothing is kept yet. */
  Seen after(LogEntry entry) {
    return last.next(entry);
  }

  void keep(Seen next) {
    int at = offset(next.entry());
    if (at + Sha256.LENGTH > hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * hashes.length);
    }
    System.arraycopy(next.hash().toByteArray(), 0, hashes, at, Sha256.LENGTH);
    last = next;
  }

  /** The place at an entry; empty before the beginning and after the last. */
  Optional<Seen> at(long entry) {
    if (entry < beginning.entry() || entry > last.entry()) {
      return Optional.empty();
    }
    if (entry == beginning.entry()) {
      return Optional.of(beginning);
    }
    int at = offset(entry);
    return Optional.of(
        new Seen(entry, Sha256.copyOf(Arrays.copyOfRange(hashes, at, at + Sha256.LENGTH))));
  }

  private int offset(long entry) {
    return Math.multiplyExact(Math.toIntExact(entry - beginning.entry() - 1), Sha256.LENGTH);
  }
}
