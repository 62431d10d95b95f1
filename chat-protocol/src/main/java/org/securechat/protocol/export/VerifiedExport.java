package org.securechat.protocol.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.EpochKey;
import org.securechat.protocol.conversation.ServerFault;
import org.securechat.protocol.conversation.Transcript;
import org.securechat.protocol.conversation.VerifiedEntry;
import org.securechat.protocol.conversation.VerifiedMessage;

/**
 * What is known after a file was verified. All of it is as true as the members' keys are theirs:
 * {@link #people} are to be compared with what else is known of them.
 */
public final class VerifiedExport {

  /** What entries turn out to be. */
  public enum Kind {
    MESSAGE,
    EPOCH,
    DELETION,
    /** Some member's fault; nothing of it is shown. */
    INVALID,
    /** From before the member was added. */
    HIDDEN
  }

  private final Member member;
  private final Seen beginning;
  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final List<VerifiedEntry.Invalid> invalid = new ArrayList<>();
  private final List<ChangedIdentity> changes = new ArrayList<>();
  private final Set<Member> people = new LinkedHashSet<>();
  private final List<VerifiedMessage> erased = new ArrayList<>();
  private final Set<Long> deleted = new HashSet<>();
  private long keys;
  private long readable;
  private @Nullable Transcript transcript;
  private Optional<ServerFault> fault = Optional.empty();

  VerifiedExport(Member member, Seen beginning) {
    this.member = member;
    this.beginning = beginning;
  }

  void follow(Transcript verifying) {
    transcript = verifying;
  }

  /** What verifies, as long as there is no fault. */
  Transcript transcript() {
    return Objects.requireNonNull(transcript);
  }

  void add(VerifiedEntry entry, Optional<EpochKey> key) {
    if (entry instanceof VerifiedMessage message) {
      countOne(Kind.MESSAGE);
      addMessage(message, key);
    } else if (entry instanceof VerifiedEntry.Epoch epoch) {
      countOne(Kind.EPOCH);
      epoch.statement().members().forEach(each -> people.add(person(each)));
    } else if (entry instanceof VerifiedEntry.Deletion deletion) {
      countOne(Kind.DELETION);
      deleted.add(deletion.message());
    } else if (entry instanceof VerifiedEntry.Invalid wrong) {
      countOne(Kind.INVALID);
      invalid.add(wrong);
    } else {
      countOne(Kind.HIDDEN);
    }
  }

  private void countOne(Kind kind) {
    counts.merge(kind, 1L, Long::sum);
  }

  private void addMessage(VerifiedMessage message, Optional<EpochKey> key) {
    if (message.isErased()) {
      erased.add(message);
    }
    if (key.flatMap(message::open)
        .filter(content -> !(content instanceof MessageContent.Unknown))
        .isPresent()) {
      readable++;
    }
  }

  private static Member person(Member member) {
    return new Member(member.user(), Role.MEMBER, member.key(), member.name());
  }

  void addKey() {
    keys++;
  }

  void add(ChangedIdentity change) {
    changes.add(change);
  }

  void add(ServerFault found) {
    fault = Optional.of(found);
  }

  /** Whose view of the conversation it is; the role is the one at the beginning. */
  public Member member() {
    return member;
  }

  /** What lies before the first entry of the file. */
  public Seen beginning() {
    return beginning;
  }

  /** The last entry that was verified, and the running hash there: others must have the same. */
  public Seen end() {
    return transcript == null ? beginning : transcript.seen();
  }

  /** The running hash at an entry; empty for one that is not verified by the file. */
  public Optional<Seen> at(long entry) {
    return transcript == null
        ? Optional.of(beginning).filter(seen -> seen.entry() == entry)
        : transcript.seenAt(entry);
  }

  /** The newest epoch that was verified. */
  public Optional<EpochStatement> epoch() {
    return transcript == null ? Optional.empty() : transcript.epoch();
  }

  /** What the server, or whoever made the file, is caught at; nothing behind it was verified. */
  public Optional<ServerFault> fault() {
    return fault;
  }

  /** How many entries of a kind there are. */
  public long count(Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  /** The entries that some member wrote wrong. */
  public List<VerifiedEntry.Invalid> invalid() {
    return List.copyOf(invalid);
  }

  /** Everybody whom any epoch names, each with every key that they ever had. */
  public List<Member> people() {
    return List.copyOf(people);
  }

  /** Who became another in the course of the log. */
  public List<ChangedIdentity> changes() {
    return List.copyOf(changes);
  }

  /** For how many epochs the file has the key. */
  public long keys() {
    return keys;
  }

  /** How many messages could be read with them. */
  public long readable() {
    return readable;
  }

  /** How many messages have no content any more. */
  public long erased() {
    return erased.size();
  }

  /** Messages without content that nobody deleted and whose time is not over. */
  public List<Long> withheld(Instant now) {
    return erased.stream()
        .filter(message -> !deleted.contains(message.id()) && !message.isExpired(now))
        .map(VerifiedMessage::id)
        .toList();
  }
}
