package org.securechat.protocol.conversation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.EntryKind;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.Member;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.ShownEntry.Cause;
import org.securechat.protocol.conversation.ShownEntry.MemberChange;
import org.securechat.protocol.conversation.VerifiedEntry.Reason;

/**
 * What there is to show of a log: edits, reactions, deletions and expiry applied to the messages
 * that they are about, as section 4 of the end-to-end encryption says. Takes the verified entries
 * in their order; keeps what was opened of each message, and no ciphertext. For one thread at a
 * time.
 */
public final class Timeline {
  private final NavigableMap<Long, VerifiedEntry> entries = new TreeMap<>();
  private final Map<Long, MessageContent> contents = new HashMap<>();
  private final Map<Long, List<VerifiedMessage>> about = new HashMap<>();
  private final Set<Long> deleted = new LinkedHashSet<>();
  private final Set<Long> unknownMessages = new LinkedHashSet<>();
  private final Map<Long, @Nullable EpochStatement> before = new HashMap<>();
  private @Nullable EpochStatement current;

  /**
   * Takes the next entry.
   *
   * @param key of the message's epoch, if this member has it; of no use for other entries
   */
  public void add(VerifiedEntry entry, Optional<EpochKey> key) {
    if (entry instanceof VerifiedMessage message) {
      VerifiedMessage kept = message.withoutContent();
      entries.put(kept.id(), kept);
      key.flatMap(message::open).ifPresent(content -> addContent(kept, content));
      return;
    }
    entries.put(entry.id(), entry);
    if (entry instanceof VerifiedEntry.Deletion deletion) {
      deleted.add(deletion.message());
    } else if (entry instanceof VerifiedEntry.Epoch epoch) {
      before.put(epoch.id(), current);
      current = epoch.statement();
    } else if (entry instanceof VerifiedEntry.Hidden hidden && hidden.kind() == EntryKind.MESSAGE) {
      unknownMessages.add(hidden.id());
    }
  }

  private void addContent(VerifiedMessage message, MessageContent content) {
    contents.put(message.id(), content);
    target(content)
        .filter(target -> isMessageSeenBy(message, target))
        .ifPresent(target -> about.computeIfAbsent(target, id -> new ArrayList<>()).add(message));
  }

  private static Optional<Long> target(MessageContent content) {
    if (content instanceof MessageContent.Edit edit) {
      return Optional.of(edit.target());
    }
    return content instanceof MessageContent.Reaction reaction
        ? Optional.of(reaction.target())
        : Optional.empty();
  }

  /** Nobody can mean what they had not seen. */
  private boolean isMessageSeenBy(VerifiedMessage message, long target) {
    return target <= message.header().seen().entry()
        && (entries.get(target) instanceof VerifiedMessage || unknownMessages.contains(target));
  }

  /** The edits of a message by its author, which are to be deleted with it. */
  public List<Long> editsOf(long message) {
    return about.getOrDefault(message, List.of()).stream()
        .filter(edit ->
            contents.get(edit.id()) instanceof MessageContent.Edit content
                && counts(edit, content, message))
        .map(VerifiedMessage::id)
        .toList();
  }

  /** Whether somebody who may has deleted a message. */
  public boolean isDeleted(long message) {
    return deleted.contains(message);
  }

  /** What the conversation is called, by the last message that says so. */
  public Optional<String> name(Instant now) {
    return entries.descendingMap().values().stream()
        .flatMap(entry ->
            entry instanceof VerifiedMessage message
                ? liveContent(message, now).stream()
                : Stream.empty())
        .flatMap(content ->
            content instanceof MessageContent.Name name ? Stream.of(name.name()) : Stream.empty())
        .findFirst();
  }

  /**
   * What there is to show between two places.
   *
   * @param from the first entry
   * @param to the last entry
   */
  public List<ShownEntry> show(long from, long to, Instant now) {
    List<ShownEntry> shown = new ArrayList<>();
    if (from <= to) {
      for (VerifiedEntry entry : entries.subMap(from, true, to, true).values()) {
        show(entry, now).ifPresent(shown::add);
      }
    }
    return shown;
  }

  private Optional<ShownEntry> show(VerifiedEntry entry, Instant now) {
    if (entry instanceof VerifiedMessage message) {
      return show(message, now);
    }
    if (entry instanceof VerifiedEntry.Epoch epoch) {
      return Optional.of(
          new ShownEntry.Epoch(
              epoch.id(),
              epoch.statement(),
              epoch.createdAt(),
              changes(before.get(epoch.id()), epoch.statement())));
    }
    if (entry instanceof VerifiedEntry.Invalid invalid) {
      return Optional.of(new ShownEntry.Invalid(invalid.id(), invalid.sender(), invalid.reason()));
    }
    return Optional.empty();
  }

  private Optional<ShownEntry> show(VerifiedMessage message, Instant now) {
    MessageContent content = contents.get(message.id());
    Optional<Cause> gone = gone(message, now);
    if (gone.isPresent()) {
      return Optional.of(new ShownEntry.Gone(message.id(), message.sender(), gone.get()));
    }
    if (content == null) {
      return Optional.of(
          new ShownEntry.Locked(message.id(), message.sender(), message.header().epoch()));
    }
    Optional<Long> target = target(content);
    if (target.isEmpty()) {
      return Optional.of(shown(message, content, now));
    }
    return isBeforeAll(target.get()) || counts(message, content, target.get())
        ? Optional.empty()
        : Optional.of(
            new ShownEntry.Invalid(
                message.id(), message.sender().user(), whyNot(message, target.get())));
  }

  private Reason whyNot(VerifiedMessage message, long target) {
    return isMessageSeenBy(message, target) ? Reason.NOT_ALLOWED : Reason.NO_SUCH_MESSAGE;
  }

  /** What lies before this member's history is not for it to judge, and nothing to show. */
  private boolean isBeforeAll(long target) {
    return target < entries.firstKey();
  }

  /** An edit is its target's author's, of a text or files; reactions are everybody's. */
  private boolean counts(VerifiedMessage message, MessageContent content, long target) {
    if (!isMessageSeenBy(message, target)) {
      return false;
    }
    if (content instanceof MessageContent.Reaction
        || !(entries.get(target) instanceof VerifiedMessage original)) {
      return true;
    }
    MessageContent edited = contents.get(target);
    return original.sender().user().equals(message.sender().user())
        && (edited == null
            || edited instanceof MessageContent.Text
            || edited instanceof MessageContent.Files);
  }

  private Optional<Cause> gone(VerifiedMessage message, Instant now) {
    if (isDeleted(message.id())) {
      return Optional.of(Cause.DELETED);
    }
    if (message.isExpired(now)) {
      return Optional.of(Cause.EXPIRED);
    }
    return message.isErased() ? Optional.of(Cause.WITHHELD) : Optional.empty();
  }

  private Optional<MessageContent> liveContent(VerifiedMessage message, Instant now) {
    return gone(message, now).isPresent()
        ? Optional.empty()
        : Optional.ofNullable(contents.get(message.id()));
  }

  private ShownEntry.Message shown(VerifiedMessage message, MessageContent original, Instant now) {
    MessageContent content = original;
    boolean edited = false;
    Map<String, Set<UserId>> reactions = new LinkedHashMap<>();
    for (VerifiedMessage other : about.getOrDefault(message.id(), List.of())) {
      Optional<MessageContent> said = liveContent(other, now);
      if (said.isEmpty() || !counts(other, said.get(), message.id())) {
        continue;
      }
      if (said.get() instanceof MessageContent.Edit edit) {
        content = edited(original, edit);
        edited = true;
      } else if (said.get() instanceof MessageContent.Reaction reaction) {
        reactions
            .computeIfAbsent(reaction.emoji(), emoji -> new LinkedHashSet<>())
            .add(other.sender().user());
      }
    }
    return new ShownEntry.Message(
        message.id(),
        message.sender(),
        message.sentAt(),
        message.createdAt(),
        content,
        edited,
        replyTo(message, original),
        reactions,
        message.expiresAt());
  }

  private static MessageContent edited(MessageContent original, MessageContent.Edit edit) {
    if (original instanceof MessageContent.Text text) {
      return new MessageContent.Text(edit.body(), text.replyTo());
    }
    return original instanceof MessageContent.Files files
        ? new MessageContent.Files(files.files(), Optional.of(edit.body()))
        : original;
  }

  private Optional<Long> replyTo(VerifiedMessage message, MessageContent content) {
    return content instanceof MessageContent.Text text
        ? text.replyTo().filter(target -> isMessageSeenBy(message, target))
        : Optional.empty();
  }

  private static List<MemberChange> changes(
      @Nullable EpochStatement previous, EpochStatement next) {
    List<MemberChange> changes = new ArrayList<>();
    if (previous == null) {
      return changes;
    }
    for (Member member : previous.members()) {
      Optional<Member> now = next.member(member.user());
      if (now.isEmpty()) {
        changes.add(new MemberChange(MemberChange.Kind.GONE, member));
      } else if (now.get().role() != member.role()) {
        changes.add(
            new MemberChange(
                switch (now.get().role()) {
                  case ADMIN -> MemberChange.Kind.MADE_ADMIN;
                  case MEMBER -> MemberChange.Kind.MADE_MEMBER;
                },
                now.get()));
      }
    }
    for (Member member : next.members()) {
      if (previous.member(member.user()).isEmpty()) {
        changes.add(new MemberChange(MemberChange.Kind.ADDED, member));
      }
    }
    return changes;
  }
}
