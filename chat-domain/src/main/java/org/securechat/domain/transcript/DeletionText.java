package org.securechat.domain.transcript;

import org.securechat.domain.identity.ExactInteger;
import org.securechat.domain.identity.UserId;

/**
 * What is signed to delete a message.
 *
 * @param message the id of the entry to delete, 1 to 2<sup>53</sup> − 1
 * @param sender who deletes
 * @param seen the last entry that they had
 */
public record DeletionText(GroupId group, long message, UserId sender, Seen seen) {
  public DeletionText {
    ExactInteger.require(message, 1, "The id of a message");
  }

  /** The bytes that the sender's key signs. */
  public byte[] bytes() {
    return SignedText.ascii(
        "secure-chat/v1/deletion\ngroup "
            + group.value()
            + "\nmessage "
            + message
            + "\nsender "
            + sender.value()
            + "\nseen "
            + seen.text()
            + "\n");
  }
}
