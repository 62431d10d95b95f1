package org.securechat.domain.transcript;

import org.securechat.domain.identity.ExactInteger;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * A place in a conversation's log and the running hash there, which covers every entry up to it.
 * Whoever signs something says with it which history they had. That the pair is true of a log is
 * for its reader to compare.
 *
 * @param entry the id of the last entry that is covered, 0 to 2<sup>53</sup> − 1
 * @param hash the running hash with that entry in it
 */
public record Seen(long entry, Sha256 hash) {
  /** Before the first entry: 0 and 32 zero bytes. */
  public static final Seen NOTHING = new Seen(0, Sha256.copyOf(new byte[Sha256.LENGTH]));

  private static final byte[] LABEL = SignedText.ascii("secure-chat/v1/chain\n");

  public Seen {
    ExactInteger.require(entry, 0, "The entry in seen");
  }

  /**
   * The place one entry further on.
   *
   * @throws InvalidValueException unless the entry's id is the next one
   */
  public Seen next(LogEntry next) {
    if (next.id() != entry + 1) {
      throw new InvalidValueException("The ids of entries have no gap");
    }
    return new Seen(next.id(), Sha256.of(LABEL, hash.toByteArray(), next.bytes()));
  }

  /** As it stands in signed texts. */
  String text() {
    return entry + " " + hash.toHex();
  }
}
