package org.securechat.domain.transcript;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.identity.ExactInteger;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * An epoch of a conversation: who its members are and which key they share, as its author signs it.
 * One text has one meaning, and the other way round. What it says of itself is checked; what it
 * says of the epoch before is for {@link EpochRules}, and whose accounts its members are, and
 * whether its signature verifies, for whoever receives it. Immutable.
 */
public final class EpochStatement {
  /** How many members an epoch has at most; a statement with more is invalid. */
  public static final int MAX_MEMBERS = 1000;

  private static final int USUAL_LINE = 128;

  private final Head head;
  private final List<Member> members;
  private final String text;
  private final Sha256 hash;

  private EpochStatement(Head head, List<Member> members, String text) {
    requireDifferent(members);
    Member author =
        find(members, head.author())
            .orElseThrow(() -> new InvalidValueException("The author is one of the members"));
    if (head.epoch() == 1) {
      requireFirst(head, author);
    }
    this.head = head;
    this.members = members;
    this.text = text;
    this.hash = Sha256.of(SignedText.ascii(text));
  }

  /**
   * Reads a statement.
   *
   * @throws InvalidValueException for any text that isn't in the one exact form, and for what
   *     {@link #of} refuses
   */
  public static EpochStatement parse(String text) {
    StatementReader reader = new StatementReader(text);
    Head head = Head.read(reader);
    List<Member> members = new ArrayList<>();
    do {
      requireAtMost(members.size() + 1);
      members.add(readMember(reader));
    } while (!reader.isAtEnd());
    return new EpochStatement(head, List.copyOf(members), text);
  }

  /**
   * Writes a statement.
   *
   * @param epoch 1 to 2<sup>53</sup> − 1
   * @param previous SHA-256 of the previous statement; zeros in epoch 1
   * @param keyCommitment what the members compare the conversation key with that they receive
   * @param seen the last entry that the author had; {@link Seen#NOTHING} in epoch 1
   * @param author one of the members; in epoch 1, an admin
   * @param members in ascending order of their ids, at most {@value #MAX_MEMBERS}; no two have one
   *     id, key or name, ignoring case
   * @throws InvalidValueException at the first of these rules that is broken
   */
  public static EpochStatement of(
      GroupId group,
      long epoch,
      Sha256 previous,
      Sha256 keyCommitment,
      Seen seen,
      UserId author,
      List<Member> members) {
    Head head = new Head(group, epoch, previous, keyCommitment, seen, author);
    requireAtMost(members.size());
    List<Member> copy = List.copyOf(members);
    StringBuilder text = new StringBuilder(USUAL_LINE * (copy.size() + 4));
    head.write(text);
    for (Member member : copy) {
      writeMember(member, text);
    }
    return new EpochStatement(head, copy, text.toString());
  }

  private static void requireAtMost(int members) {
    if (members > MAX_MEMBERS) {
      throw new InvalidValueException("An epoch has at most " + MAX_MEMBERS + " members");
    }
  }

  private static Member readMember(StatementReader reader) {
    reader.skip("member ");
    UserId user = new UserId(reader.number());
    Role role;
    if (reader.takes(" admin ")) {
      role = Role.ADMIN;
    } else {
      reader.skip(" member ");
      role = Role.MEMBER;
    }
    IdentityKey key = IdentityKey.copyOf(reader.hex(IdentityKey.LENGTH));
    reader.skip(" ");
    Username name = new Username(reader.rest(Username.MAX_LENGTH));
    reader.endLine();
    return new Member(user, role, key, name);
  }

  private static void writeMember(Member member, StringBuilder text) {
    text.append("member ")
        .append(member.user().value())
        .append(' ')
        .append(member.role().word())
        .append(' ')
        .append(member.key().toHex())
        .append(' ')
        .append(member.name().value())
        .append('\n');
  }

  /** Keys are compared as texts: a set orders those whose hash codes were made to clash. */
  private static void requireDifferent(List<Member> members) {
    Set<String> keys = new HashSet<>(2 * members.size());
    Set<String> names = new HashSet<>(2 * members.size());
    long last = 0;
    for (Member member : members) {
      if (member.user().value() <= last) {
        throw new InvalidValueException("Members are in ascending order of their ids");
      }
      last = member.user().value();
      if (!keys.add(member.key().toHex())) {
        throw new InvalidValueException("No two members have the same key");
      }
      if (!names.add(member.name().canonical())) {
        throw new InvalidValueException("No two members have the same name");
      }
    }
  }

  private static void requireFirst(Head head, Member author) {
    if (!head.previous().equals(Seen.NOTHING.hash())) {
      throw new InvalidValueException("Nothing is before the first epoch");
    }
    if (!head.seen().equals(Seen.NOTHING)) {
      throw new InvalidValueException("Nothing was seen before the first epoch");
    }
    if (author.role() != Role.ADMIN) {
      throw new InvalidValueException("The author of the first epoch is an admin");
    }
  }

  private static Optional<Member> find(List<Member> members, UserId user) {
    int low = 0;
    int high = members.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Member member = members.get(middle);
      int order = Long.compare(member.user().value(), user.value());
      if (order == 0) {
        return Optional.of(member);
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }

  public GroupId group() {
    return head.group();
  }

  /** The number, from 1. */
  public long epoch() {
    return head.epoch();
  }

  /** The hash of the statement before; zeros in epoch 1. */
  public Sha256 previous() {
    return head.previous();
  }

  /** What the conversation key is compared with. */
  public Sha256 keyCommitment() {
    return head.keyCommitment();
  }

  /** The last entry that the author had. */
  public Seen seen() {
    return head.seen();
  }

  public UserId author() {
    return head.author();
  }

  /** In ascending order of their ids; can't be changed. */
  public List<Member> members() {
    return members;
  }

  /** The member with this id, if there is one. */
  public Optional<Member> member(UserId user) {
    return find(members, user);
  }

  /** The members' ids. */
  public Set<UserId> users() {
    return members.stream().map(Member::user).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The members who have left since: the next epoch must begin without them before anything is
   * sent.
   *
   * @param present who is still there
   */
  public Set<UserId> leavers(Set<UserId> present) {
    return users().stream()
        .filter(user -> !present.contains(user))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The exact text; all ASCII. */
  public String text() {
    return text;
  }

  /** The bytes that the author's key signs, in an array of their own. */
  public byte[] bytes() {
    return SignedText.ascii(text);
  }

  /** SHA-256 of the bytes, by which the next statement and the wrapped keys name this one. */
  public Sha256 hash() {
    return hash;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EpochStatement that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  /** The hash only: who talks to whom is for nobody else. */
  @Override
  public String toString() {
    return "EpochStatement[" + hash.toHex() + "]";
  }

  /** The lines before the members'. */
  private record Head(
      GroupId group, long epoch, Sha256 previous, Sha256 keyCommitment, Seen seen, UserId author) {
    private static final String FIRST_LINE = "secure-chat/v1/epoch";

    Head {
      ExactInteger.require(epoch, 1, "An epoch");
    }

    static Head read(StatementReader reader) {
      reader.skip(FIRST_LINE);
      reader.endLine();
      reader.skip("group ");
      GroupId group = new GroupId(reader.rest(2 * GroupId.LENGTH));
      reader.endLine();
      reader.skip("epoch ");
      long epoch = reader.number();
      reader.endLine();
      reader.skip("previous ");
      Sha256 previous = readHash(reader);
      reader.endLine();
      reader.skip("key ");
      Sha256 keyCommitment = readHash(reader);
      reader.endLine();
      reader.skip("seen ");
      long entry = reader.number();
      reader.skip(" ");
      Seen seen = new Seen(entry, readHash(reader));
      reader.endLine();
      reader.skip("author ");
      UserId author = new UserId(reader.number());
      reader.endLine();
      return new Head(group, epoch, previous, keyCommitment, seen, author);
    }

    private static Sha256 readHash(StatementReader reader) {
      return Sha256.copyOf(reader.hex(Sha256.LENGTH));
    }

    void write(StringBuilder text) {
      text.append(FIRST_LINE)
          .append("\ngroup ")
          .append(group.value())
          .append("\nepoch ")
          .append(epoch)
          .append("\nprevious ")
          .append(previous.toHex())
          .append("\nkey ")
          .append(keyCommitment.toHex())
          .append("\nseen ")
          .append(seen.text())
          .append("\nauthor ")
          .append(author.value())
          .append('\n');
    }
  }
}
