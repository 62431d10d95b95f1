package org.securechat.domain.transcript;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;

/** Statements and their parts to start from; a test changes what it is about. */
final class Statements {
  static final GroupId GROUP = new GroupId("0123456789abcdef".repeat(4));
  static final Sha256 COMMITMENT = hash(0xcc);
  static final UserId ALICE = new UserId(7);
  static final UserId BOB = new UserId(40);
  static final UserId CAROL = new UserId(9007199254740991L);

  private Statements() {}

  /** Alice, admin; Bob and Carol, members. */
  static List<Member> three() {
    return List.of(
        member(ALICE, Role.ADMIN, 0xa1, "Alice"),
        member(BOB, Role.MEMBER, 0xb0, "bob.b"),
        member(CAROL, Role.MEMBER, 0xca, "C-a_rol9"));
  }

  static Member member(UserId user, Role role, int key, String name) {
    return new Member(user, role, key(key), new Username(name));
  }

  static IdentityKey key(int fill) {
    return IdentityKey.copyOf(hash(fill).toByteArray());
  }

  /** 32 times the same byte. */
  static Sha256 hash(int fill) {
    byte[] bytes = new byte[Sha256.LENGTH];
    Arrays.fill(bytes, (byte) fill);
    return Sha256.copyOf(bytes);
  }

  static EpochStatement first(List<Member> members) {
    return EpochStatement.of(
        GROUP, 1, Seen.NOTHING.hash(), COMMITMENT, Seen.NOTHING, ALICE, members);
  }

  /** What continues the statement in order, by this author and with these members. */
  static EpochStatement after(EpochStatement previous, UserId author, List<Member> members) {
    return EpochStatement.of(
        previous.group(),
        previous.epoch() + 1,
        previous.hash(),
        hash(0xdd),
        new Seen(12, hash(0xee)),
        author,
        members);
  }

  /** The members with one of them changed. */
  static List<Member> with(List<Member> members, UserId user, UnaryOperator<Member> change) {
    List<Member> changed = new ArrayList<>(members);
    changed.replaceAll(member -> member.user().equals(user) ? change.apply(member) : member);
    return changed;
  }

  static List<Member> without(List<Member> members, UserId user) {
    return members.stream().filter(member -> !member.user().equals(user)).toList();
  }
}
