package org.securechat.domain.transcript;

import org.securechat.domain.identity.ExactInteger;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;

/**
 * What the running hash takes in of an entry; it outlives the entry's content.
 *
 * @param id 1 to 2<sup>53</sup> − 1, the place in the log
 * @param epoch 1 to 2<sup>53</sup> − 1, the newest at this place, the entry itself included
 * @param body SHA-256 of the text that was signed: {@link EpochStatement#bytes()}, {@link
 *     MessageText#signed} or {@link DeletionText#bytes()}
 * @param signature over that text
 */
public record LogEntry(
    long id, EntryKind kind, UserId sender, long epoch, Sha256 body, Signature signature) {
  public LogEntry {
    ExactInteger.require(id, 1, "An entry's id");
    ExactInteger.require(epoch, 1, "An epoch");
  }

  /** The three lines that are hashed. */
  byte[] bytes() {
    return SignedText.ascii(
        "entry "
            + id
            + " "
            + kind.word()
            + " "
            + sender.value()
            + " "
            + epoch
            + "\nbody "
            + body.toHex()
            + "\nsig "
            + signature.toHex()
            + "\n");
  }
}
