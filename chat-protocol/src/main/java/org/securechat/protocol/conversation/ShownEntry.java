package org.securechat.protocol.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.Member;
import org.securechat.protocol.content.MessageContent;

/** What there is to show of an entry, everything considered that came after it. Immutable. */
public sealed interface ShownEntry {

  /** Its place in the log. */
  long id();

  /**
   * A message.
   *
   * @param content as last edited; a text, files, a conversation's name or something unknown
   * @param replyTo the message that it answers, if that is one
   * @param reactions who reacted, by emoji, in the order of the first of each
   */
  record Message(
      long id,
      Member sender,
      Instant sentAt,
      Instant createdAt,
      MessageContent content,
      boolean edited,
      Optional<Long> replyTo,
      Map<String, Set<UserId>> reactions,
      Optional<Instant> expiresAt)
      implements ShownEntry {

    /** Neither who wrote it nor what. */
    @Override
    public String toString() {
      return "Message[" + id + "]";
    }
  }

  /**
   * A message whose key this member does not have: nobody gave it one that fits.
   *
   * @param epoch whose key it is
   */
  record Locked(long id, Member sender, long epoch) implements ShownEntry {}

  /**
   * A message that is not there any more.
   *
   * @param cause why, or that the server withholds it
   */
  record Gone(long id, Member sender, Cause cause) implements ShownEntry {}

  /** Why a message is gone. */
  enum Cause {
    /** Its author or an admin has deleted it. */
    DELETED,
    /** Its time is over. */
    EXPIRED,
    /** Nobody who may has said that it should be; the server does not give it out. */
    WITHHELD
  }

  /**
   * The list of members, their roles or the key alone have changed.
   *
   * @param changes what is different; empty when only the key was renewed
   */
  record Epoch(long id, EpochStatement statement, Instant createdAt, List<MemberChange> changes)
      implements ShownEntry {
    public Epoch {
      changes = List.copyOf(changes);
    }
  }

  /** An entry that some member wrote wrong, or an edit or reaction that does not count. */
  record Invalid(long id, UserId sender, VerifiedEntry.Reason reason) implements ShownEntry {}

  /**
   * What became of a member.
   *
   * @param member as in the new list, or as in the old one if they are gone
   */
  record MemberChange(Kind kind, Member member) {
    /** What became of them. */
    public enum Kind {
      ADDED,
      GONE,
      MADE_ADMIN,
      MADE_MEMBER
    }
  }
}
