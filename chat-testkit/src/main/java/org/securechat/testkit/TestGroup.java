package org.securechat.testkit;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.conversation.EpochForm;
import org.securechat.domain.conversation.MemberKey;
import org.securechat.domain.conversation.WrappedKey;
import org.securechat.domain.file.FileRecord;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.timeline.DeleteMessage.DeletionForm;
import org.securechat.domain.timeline.EncryptedContent;
import org.securechat.domain.timeline.Entry;
import org.securechat.domain.timeline.MessageDraft;
import org.securechat.domain.timeline.Place;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.DeletionText;
import org.securechat.domain.transcript.EntryKind;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.GroupId;
import org.securechat.domain.transcript.LogEntry;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.MessageText;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;

/**
 * A conversation as one of its members has read it so far, and what they sign to go on with it.
 * Nothing is encrypted: ciphertexts and wrapped keys are bytes that say what they stand for.
 * Immutable.
 */
public final class TestGroup {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final GroupId id;
  private final Seen seen;
  private final @Nullable EpochStatement statement;

  private TestGroup(GroupId id, Seen seen, @Nullable EpochStatement statement) {
    this.id = id;
    this.seen = seen;
    this.statement = statement;
  }

  /** A group that has not begun, with an id that no other one has. */
  public static TestGroup create() {
    return new TestGroup(
        new GroupId(HexFormat.of().formatHex(random(GroupId.LENGTH))), Seen.NOTHING, null);
  }

  /** A group that somebody sees only from a place on: from the {@code seen} that let them in. */
  public static TestGroup from(GroupId id, Seen seen) {
    return new TestGroup(id, seen, null);
  }

  /**
   * Somebody who may be a member.
   *
   * @param user whose key signs
   */
  public record Person(UserId id, TestUser user) {

    public Member as(Role role) {
      return new Member(id, role, user.identityKey(), user.profile().username());
    }
  }

  public GroupId id() {
    return id;
  }

  /** The last entry that was read, and the running hash there. */
  public Seen seen() {
    return seen;
  }

  /** The newest epoch that was read whole. */
  public EpochStatement statement() {
    if (statement == null) {
      throw new IllegalStateException("No statement was read yet");
    }
    return statement;
  }

  /** The same group, read on: the entry must be the next one. */
  public TestGroup read(Entry entry) {
    Place place = entry.place();
    LogEntry next =
        new LogEntry(
            place.id(),
            entry.kind(),
            place.sender(),
            place.epoch(),
            entry.bodyHash(),
            entry.signature());
    return new TestGroup(
        id,
        seen.next(next),
        entry instanceof Entry.Epoch epoch ? EpochStatement.parse(epoch.statement()) : statement);
  }

  /** The same group, read on: the entries must follow without a gap. */
  public TestGroup read(List<? extends Entry> entries) {
    TestGroup group = this;
    for (Entry entry : entries) {
      group = group.read(entry);
    }
    return group;
  }

  /** The same group, read on as if the epoch of this statement had been the next entry. */
  public TestGroup read(EpochForm form) {
    EpochStatement next = EpochStatement.parse(form.statement());
    LogEntry entry =
        new LogEntry(
            seen.entry() + 1,
            EntryKind.EPOCH,
            next.author(),
            next.epoch(),
            next.hash(),
            form.signature());
    return new TestGroup(id, seen.next(entry), next);
  }

  /** The first epoch: its author is the admin, the others are members. */
  public EpochForm first(Person author, Person... others) {
    List<Member> members = new ArrayList<>(List.of(author.as(Role.ADMIN)));
    for (Person other : others) {
      members.add(other.as(Role.MEMBER));
    }
    return first(author, members);
  }

  /** The first epoch with any members, in any order. */
  public EpochForm first(Person author, List<Member> members) {
    return sign(author, 1, Seen.NOTHING.hash(), Seen.NOTHING, members);
  }

  /** The next epoch with these members, in any order. */
  public EpochForm next(Person author, List<Member> members) {
    return sign(author, statement().epoch() + 1, statement().hash(), seen, members);
  }

  /** The next epoch with the same members. */
  public EpochForm renew(Person author) {
    return next(author, statement().members());
  }

  /** The next epoch with these as members, too. */
  public EpochForm add(Person author, Person... added) {
    List<Member> members = new ArrayList<>(statement().members());
    for (Person each : added) {
      members.add(each.as(Role.MEMBER));
    }
    return next(author, members);
  }

  /** The next epoch without these, if they were members. */
  public EpochForm remove(Person author, Collection<UserId> removed) {
    return next(author, without(removed));
  }

  /** The members of the newest epoch without these. */
  public List<Member> without(Collection<UserId> removed) {
    return statement().members().stream()
        .filter(member -> !removed.contains(member.user()))
        .toList();
  }

  /** The next epoch, in which somebody has another role. */
  public EpochForm change(Person author, Person changed, Role role) {
    List<Member> members = new ArrayList<>(without(Set.of(changed.id())));
    members.add(changed.as(role));
    return next(author, members);
  }

  private EpochForm sign(
      Person author, long epoch, Sha256 previous, Seen before, List<Member> members) {
    List<Member> ordered =
        members.stream().sorted(Comparator.comparingLong(member -> member.user().value())).toList();
    return form(
        author,
        EpochStatement.of(id, epoch, previous, keyCommitment(epoch), before, author.id(), ordered));
  }

  /** What comes with any statement, signed by its author, with a key for each member. */
  public static EpochForm form(Person author, EpochStatement statement) {
    return new EpochForm(
        statement.text(),
        author.user().sign(statement.bytes()),
        statement.members().stream()
            .map(member -> new MemberKey(member.user(), key(statement.epoch(), member.user())))
            .toList());
  }

  private static Sha256 keyCommitment(long epoch) {
    return Sha256.of(utf8("conversation key of epoch " + epoch));
  }

  /** The key of an epoch for somebody, as this wraps it. */
  public static WrappedKey key(long epoch, UserId user) {
    return WrappedKey.copyOf(utf8("key of epoch " + epoch + " for " + user.value()));
  }

  /** A message with a fresh client id. */
  public MessageDraft message(Person sender, String content) {
    return message(sender, content, List.of(), Optional.empty());
  }

  /** A message with files or a time to expiry, in seconds. */
  public MessageDraft message(
      Person sender, String content, List<FileRecord> files, Optional<Integer> expiresIn) {
    return message(sender, freshClientId(), content, files, expiresIn);
  }

  /** A message in the newest epoch, signed over what was read so far. */
  public MessageDraft message(
      Person sender,
      ClientId client,
      String content,
      List<FileRecord> files,
      Optional<Integer> expiresIn) {
    return message(
        sender,
        client,
        EncryptedContent.wrap(random(MessageText.NONCE_LENGTH), utf8(content)),
        files,
        expiresIn);
  }

  /** The same with any content. */
  public MessageDraft message(
      Person sender,
      ClientId client,
      EncryptedContent content,
      List<FileRecord> files,
      Optional<Integer> expiresIn) {
    long sentAt = TestClock.NOON.toEpochMilli() + seen.entry();
    MessageText text =
        new MessageText(
            id,
            statement().epoch(),
            sender.id(),
            client,
            sentAt,
            seen,
            expiresIn.orElse(0),
            files.stream().map(FileRecord::sha256).toList());
    return new MessageDraft(
        client,
        statement().epoch(),
        sentAt,
        seen,
        content,
        sender.user().sign(text.signed(content.hash())),
        files.stream().map(FileRecord::id).toList(),
        expiresIn);
  }

  /** A client id that no other message has. */
  public static ClientId freshClientId() {
    return new ClientId(UUID.randomUUID().toString());
  }

  /** The deletion of an entry, signed over what was read so far. */
  public DeletionForm deletion(Person sender, long message) {
    DeletionText text = new DeletionText(id, message, sender.id(), seen);
    return new DeletionForm(message, seen, sender.user().sign(text.bytes()));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
