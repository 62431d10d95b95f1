package org.securechat.domain.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.domain.transcript.Statements.ALICE;
import static org.securechat.domain.transcript.Statements.BOB;
import static org.securechat.domain.transcript.Statements.CAROL;
import static org.securechat.domain.transcript.Statements.after;
import static org.securechat.domain.transcript.Statements.first;
import static org.securechat.domain.transcript.Statements.hash;
import static org.securechat.domain.transcript.Statements.member;
import static org.securechat.domain.transcript.Statements.three;
import static org.securechat.domain.transcript.Statements.with;
import static org.securechat.domain.transcript.Statements.without;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.InvalidValueException;

class EpochRulesTest {
  private static final UserId DAN = new UserId(41);
  private static final Member NEW_DAN = member(DAN, Role.MEMBER, 0xda, "dan");

  private final EpochStatement first = first(three());

  private static List<Member> plus(List<Member> members, Member added) {
    List<Member> more = new ArrayList<>(members);
    more.add(added);
    more.sort(Comparator.comparingLong(member -> member.user().value()));
    return more;
  }

  private static List<Member> withRole(List<Member> members, UserId user, Role role) {
    return with(members, user, old -> new Member(user, role, old.key(), old.name()));
  }

  private static String broken(EpochStatement previous, EpochStatement next, Set<UserId> leavers) {
    return assertThrows(
            InvalidValueException.class, () -> EpochRules.requireContinues(previous, next, leavers))
        .sentence();
  }

  private String broken(EpochStatement next) {
    return broken(first, next, Set.of());
  }

  private EpochStatement second(GroupId group, long epoch, Sha256 previous) {
    return EpochStatement.of(
        group, epoch, previous, hash(0xdd), new Seen(12, hash(0xee)), ALICE, three());
  }

  @Test
  void requireContinues_whatContinues_isLetThrough() {
    EpochStatement second = after(first, ALICE, plus(three(), NEW_DAN));
    EpochStatement third = after(second, DAN, without(second.members(), BOB));

    EpochRules.requireContinues(first, second, Set.of());
    EpochRules.requireContinues(second, third, Set.of(BOB));
  }

  @Test
  void requireContinues_anotherGroup_isRefused() {
    GroupId other = new GroupId("0123456789abcdef".repeat(3) + "0123456789abcdee");

    assertEquals(
        "The group of an epoch is that of the first", broken(second(other, 2, first.hash())));
  }

  /** One is the same number again, as a first epoch can't follow. */
  @ParameterizedTest
  @ValueSource(longs = {3, 4, UserId.MAX})
  void requireContinues_anotherNumber_isRefused(long number) {
    assertEquals(
        "Epochs are numbered without a gap", broken(second(first.group(), number, first.hash())));
  }

  @Test
  void requireContinues_sameOrEarlierNumber_isRefused() {
    EpochStatement second = after(first, ALICE, three());

    assertEquals("Epochs are numbered without a gap", broken(first, first, Set.of()));
    assertEquals("Epochs are numbered without a gap", broken(second, first, Set.of()));
    assertEquals(
        "Epochs are numbered without a gap",
        broken(second, second(first.group(), 2, second.hash()), Set.of()));
  }

  @Test
  void requireContinues_anotherHash_isRefused() {
    String rule = "An epoch names the hash of the one before";
    EpochStatement fork = first(without(three(), BOB));

    assertEquals(rule, broken(second(first.group(), 2, hash(0))));
    assertEquals(rule, broken(second(first.group(), 2, first.keyCommitment())));
    assertEquals(rule, broken(fork, second(first.group(), 2, first.hash()), Set.of()));
  }

  @Test
  void requireContinues_authorJustAdded_isRefused() {
    Member admin = member(DAN, Role.ADMIN, 0xda, "dan");

    assertEquals(
        "The author is a member of the epoch before",
        broken(after(first, DAN, plus(three(), admin))));
  }

  @Test
  void requireContinues_keyOfAMemberChanged_isRefused() {
    List<Member> members = with(three(), BOB, old -> member(BOB, Role.MEMBER, 0xbb, "bob.b"));

    assertEquals("Who stays a member keeps key and name", broken(after(first, ALICE, members)));
  }

  @Test
  void requireContinues_keyOfTheAuthorChanged_isRefused() {
    List<Member> members = with(three(), ALICE, old -> member(ALICE, Role.ADMIN, 0xaa, "Alice"));

    assertEquals("Who stays a member keeps key and name", broken(after(first, ALICE, members)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bobb", "Bob.b", "BOB.B"})
  void requireContinues_nameOfAMemberChanged_isRefused(String name) {
    List<Member> members = with(three(), BOB, old -> member(BOB, Role.MEMBER, 0xb0, name));

    assertEquals("Who stays a member keeps key and name", broken(after(first, ALICE, members)));
  }

  @Test
  void requireContinues_keysOfTwoMembersSwapped_isRefused() {
    List<Member> members =
        with(
            with(three(), BOB, old -> member(BOB, Role.MEMBER, 0xca, "bob.b")),
            CAROL,
            old -> member(CAROL, Role.MEMBER, 0xb0, "C-a_rol9"));

    assertEquals("Who stays a member keeps key and name", broken(after(first, ALICE, members)));
  }

  @Test
  void requireContinues_roleChanged_isLetThrough() {
    EpochRules.requireContinues(
        first, after(first, ALICE, withRole(three(), BOB, Role.ADMIN)), Set.of());
  }

  @Test
  void requireContinues_leaverListed_isRefused() {
    String rule = "Who left is not a member of the next epoch";

    assertEquals(rule, broken(first, after(first, ALICE, three()), Set.of(BOB)));
    assertEquals(
        rule, broken(first, after(first, ALICE, without(three(), BOB)), Set.of(BOB, CAROL)));
    assertEquals(rule, broken(first, after(first, ALICE, three()), Set.of(ALICE)));
  }

  /** Whoever left before they were ever listed, or is long gone, hinders nobody. */
  @Test
  void requireContinues_leaverWhoWasNoMember_isLetThrough() {
    EpochRules.requireContinues(first, after(first, BOB, three()), Set.of(DAN));
  }

  @Test
  void mayWrite_adminThereAndHere_mayWriteAnyList() {
    for (List<Member> members :
        List.of(
            three(),
            plus(three(), NEW_DAN),
            without(three(), BOB),
            without(without(three(), BOB), CAROL),
            withRole(three(), BOB, Role.ADMIN),
            plus(without(three(), CAROL), NEW_DAN))) {
      assertTrue(EpochRules.mayWrite(first, after(first, ALICE, members), Set.of()));
    }
  }

  @Test
  void mayWrite_adminWithLeavers_mayWriteAnyList() {
    List<Member> members = plus(without(three(), BOB), NEW_DAN);

    assertTrue(EpochRules.mayWrite(first, after(first, ALICE, members), Set.of(BOB)));
  }

  @Test
  void mayWrite_adminHereOnly_mayNot() {
    List<Member> members = withRole(three(), BOB, Role.ADMIN);

    assertFalse(EpochRules.mayWrite(first, after(first, BOB, members), Set.of()));
  }

  @Test
  void mayWrite_adminThereOnly_mayNot() {
    List<Member> members = withRole(three(), ALICE, Role.MEMBER);

    assertFalse(EpochRules.mayWrite(first, after(first, ALICE, members), Set.of()));
    assertFalse(EpochRules.mayWrite(first, after(first, ALICE, plus(members, NEW_DAN)), Set.of()));
  }

  @Test
  void mayWrite_memberWithTheSameLines_may() {
    assertTrue(EpochRules.mayWrite(first, after(first, BOB, three()), Set.of()));
    assertTrue(EpochRules.mayWrite(first, after(first, BOB, three()), Set.of(DAN)));
  }

  @Test
  void mayWrite_memberWithoutThoseWhoLeft_may() {
    EpochStatement withoutCarol = after(first, BOB, without(three(), CAROL));
    EpochStatement withoutAdmins = after(first, BOB, without(three(), ALICE));
    EpochStatement alone = after(first, BOB, without(without(three(), ALICE), CAROL));

    assertTrue(EpochRules.mayWrite(first, withoutCarol, Set.of(CAROL)));
    assertTrue(EpochRules.mayWrite(first, withoutAdmins, Set.of(ALICE)));
    assertTrue(EpochRules.mayWrite(first, alone, Set.of(ALICE, CAROL)));
  }

  @Test
  void mayWrite_memberDropsSomebodyWhoStayed_mayNot() {
    EpochStatement withoutCarol = after(first, BOB, without(three(), CAROL));
    EpochStatement alone = after(first, BOB, without(without(three(), ALICE), CAROL));

    assertFalse(EpochRules.mayWrite(first, withoutCarol, Set.of()));
    assertFalse(EpochRules.mayWrite(first, withoutCarol, Set.of(ALICE)));
    assertFalse(EpochRules.mayWrite(first, alone, Set.of(CAROL)));
  }

  @Test
  void mayWrite_memberAddsSomebody_mayNot() {
    EpochStatement more = after(first, BOB, plus(three(), NEW_DAN));
    EpochStatement another = after(first, BOB, plus(without(three(), CAROL), NEW_DAN));

    assertFalse(EpochRules.mayWrite(first, more, Set.of()));
    assertFalse(EpochRules.mayWrite(first, another, Set.of(CAROL)));
  }

  @Test
  void mayWrite_memberChangesARole_mayNot() {
    EpochStatement degraded = after(first, BOB, withRole(three(), ALICE, Role.MEMBER));
    EpochStatement promoted = after(first, BOB, withRole(three(), CAROL, Role.ADMIN));

    assertFalse(EpochRules.mayWrite(first, degraded, Set.of()));
    assertFalse(EpochRules.mayWrite(first, promoted, Set.of()));
  }

  /** Nobody can become an admin of a group that has none. */
  @Test
  void mayWrite_groupWithoutAdmins_onlyRenews() {
    EpochStatement orphaned = after(first, BOB, without(three(), ALICE));
    List<Member> same = orphaned.members();

    assertTrue(EpochRules.mayWrite(orphaned, after(orphaned, CAROL, same), Set.of()));
    assertFalse(
        EpochRules.mayWrite(
            orphaned, after(orphaned, CAROL, withRole(same, CAROL, Role.ADMIN)), Set.of()));
  }
}
