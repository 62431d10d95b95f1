package org.securechat.protocol.conversation;

import java.time.Instant;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.EntryKind;
import org.securechat.domain.transcript.EpochStatement;

/** What a {@link Transcript} has made of an entry. */
public sealed interface VerifiedEntry
    permits VerifiedMessage,
        VerifiedEntry.Epoch,
        VerifiedEntry.Deletion,
        VerifiedEntry.Invalid,
        VerifiedEntry.Hidden {

  /** Its place in the log. */
  long id();

  /** An epoch has begun, by the rules. */
  record Epoch(long id, EpochStatement statement, Instant createdAt) implements VerifiedEntry {}

  /** Somebody who may has deleted a message. */
  record Deletion(long id, UserId sender, long message, Instant createdAt)
      implements VerifiedEntry {}

  /**
   * Some member's fault, or made to look like one; proves nothing against the server. It is shown
   * as invalid, and nothing of its content.
   *
   * @param sender by the server's word
   */
  record Invalid(long id, UserId sender, Reason reason) implements VerifiedEntry {}

  /** An entry from before this member was added: only its place in the chain is known. */
  record Hidden(long id, EntryKind kind, UserId sender) implements VerifiedEntry {}

  /** Why an entry is not shown. */
  enum Reason {
    /** The signature does not verify with the sender's key. */
    BAD_SIGNATURE,
    /** The sender is no member of the epoch. */
    NO_MEMBER,
    /** The message was written before its epoch had begun for its sender. */
    SEEN_BEFORE_EPOCH,
    /** What it deletes, edits, or reacts to is no message, or one that the sender had not seen. */
    NO_SUCH_MESSAGE,
    /**
     * Not theirs to do, or not to be done: its author alone edits a text or files, its author or an
     * admin deletes a message.
     */
    NOT_ALLOWED
  }
}
