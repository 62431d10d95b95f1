package org.securechat.domain.transcript;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.securechat.domain.transcript.Statements.ALICE;
import static org.securechat.domain.transcript.Statements.BOB;
import static org.securechat.domain.transcript.Statements.CAROL;
import static org.securechat.domain.transcript.Statements.COMMITMENT;
import static org.securechat.domain.transcript.Statements.GROUP;
import static org.securechat.domain.transcript.Statements.first;
import static org.securechat.domain.transcript.Statements.hash;
import static org.securechat.domain.transcript.Statements.key;
import static org.securechat.domain.transcript.Statements.member;
import static org.securechat.domain.transcript.Statements.three;
import static org.securechat.domain.transcript.Statements.with;
import static org.securechat.domain.transcript.Statements.without;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.InvalidValueException;

class EpochStatementTest {
  private static final String ZEROS = "0".repeat(64);

  private static final String FIRST =
      "secure-chat/v1/epoch\n"
          + "group 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"
          + "epoch 1\n"
          + ("previous " + ZEROS + "\n")
          + "key cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc\n"
          + ("seen 0 " + ZEROS + "\n")
          + "author 7\n"
          + "member 7 admin a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1"
          + " Alice\n"
          + "member 40 member b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0"
          + " bob.b\n"
          + "member 9007199254740991 member"
          + " cacacacacacacacacacacacacacacacacacacacacacacacacacacacacacacaca C-a_rol9\n";

  private static final String SECOND =
      FIRST
          .replace("epoch 1\n", "epoch 2\n")
          .replace("previous " + ZEROS, "previous " + "ab".repeat(32))
          .replace("seen 0 " + ZEROS, "seen 12 " + "ee".repeat(32));

  private static void assertRefused(String text) {
    assertThrows(InvalidValueException.class, () -> EpochStatement.parse(text), text);
  }

  private static String sentence(String text) {
    return assertThrows(InvalidValueException.class, () -> EpochStatement.parse(text)).sentence();
  }

  private static String sentence(List<Member> members) {
    return assertThrows(InvalidValueException.class, () -> first(members)).sentence();
  }

  @Test
  void parse_goodText_givesItsValues() {
    EpochStatement statement = EpochStatement.parse(SECOND);

    assertEquals(GROUP, statement.group());
    assertEquals(2, statement.epoch());
    assertEquals(hash(0xab), statement.previous());
    assertEquals(COMMITMENT, statement.keyCommitment());
    assertEquals(new Seen(12, hash(0xee)), statement.seen());
    assertEquals(ALICE, statement.author());
    assertEquals(three(), statement.members());
    assertEquals(SECOND, statement.text());
  }

  @Test
  void of_goodValues_writesTheText() {
    EpochStatement statement = first(three());

    assertEquals(FIRST, statement.text());
    assertEquals(EpochStatement.parse(FIRST), statement);
    assertEquals(EpochStatement.parse(FIRST).hash(), statement.hash());
  }

  @Test
  void bytes_always_areTheTextAndHashed() {
    EpochStatement statement = EpochStatement.parse(FIRST);

    assertArrayEquals(FIRST.getBytes(StandardCharsets.UTF_8), statement.bytes());
    assertEquals(Sha256.of(FIRST.getBytes(StandardCharsets.UTF_8)), statement.hash());
    statement.bytes()[0] = 'x';
    assertArrayEquals(FIRST.getBytes(StandardCharsets.UTF_8), statement.bytes());
  }

  @Test
  void text_always_beginsWithItsOwnFirstLine() {
    assertEquals("secure-chat/v1/epoch", first(three()).text().lines().findFirst().orElseThrow());
  }

  @Test
  void member_listedOrNot_isFoundByItsId() {
    EpochStatement statement = first(three());

    for (Member member : three()) {
      assertEquals(Optional.of(member), statement.member(member.user()));
    }
    for (long id : new long[] {1, 6, 8, 39, 41, UserId.MAX - 1}) {
      assertEquals(Optional.empty(), statement.member(new UserId(id)));
    }
  }

  @Test
  void members_givenListChanges_stayAsTheyWere() {
    List<Member> given = new ArrayList<>(three());
    EpochStatement statement = first(given);
    given.remove(2);

    assertEquals(three(), statement.members());
    assertThrows(UnsupportedOperationException.class, () -> statement.members().remove(2));
    List<Member> read = EpochStatement.parse(FIRST).members();
    assertThrows(UnsupportedOperationException.class, () -> read.remove(2));
  }

  @Test
  void toString_always_namesNobody() {
    EpochStatement statement = first(three());

    assertEquals("EpochStatement[" + statement.hash().toHex() + "]", statement.toString());
    assertNotEquals(first(without(three(), BOB)), statement);
  }

  /** Each line, by what stands in it: all that differs from the one form in one place. */
  @ParameterizedTest
  @CsvSource({
    "secure-chat/v1/epoch, secure-chat/v2/epoch",
    "secure-chat/v1/epoch, Secure-chat/v1/epoch",
    "secure-chat/v1/epoch, \uFEFFsecure-chat/v1/epoch",
    "secure-chat/v1/epoch, secure-chat/v1/message",
    "group 0, group A",
    "group 0, group 00",
    "group 0, 'group  0'",
    "group 0, 'group '",
    "group 0, group g",
    "group 0, group ０",
    "epoch 2, epoch 0",
    "epoch 2, epoch 02",
    "epoch 2, epoch +2",
    "epoch 2, epoch -2",
    "epoch 2, epoch 2.0",
    "epoch 2, 'epoch '",
    "epoch 2, 'epoch 2 '",
    "epoch 2, epoch 9007199254740992",
    "epoch 2, epoch 18446744073709551618",
    "epoch 2, epoch 99999999999999999999999999999999",
    "epoch 2, epoch ٢",
    "epoch 2, epoch 0x2",
    "previous a, previous A",
    "previous a, previous aa",
    "previous a, 'previous '",
    "previous a, previous g",
    "previous a, previous `",
    "key c, key C",
    "key c, key cc",
    "key c, keys c",
    "seen 12, seen 012",
    "seen 12, seen 9007199254740992",
    "seen 12 e, seen 12 E",
    "seen 12 e, seen 12  e",
    "seen 12 e, seen 12e",
    "seen 12 e, seen 12 ee",
    "seen 12 e, 'seen 12 '",
    "author 7, author 07",
    "author 7, author 0",
    "author 7, 'author '",
    "author 7, author Alice",
    "author 7, author 9007199254740992",
    "member 7, member 07",
    "member 7, member 0",
    "member 7, Member 7",
    "member 7, 'member  7'",
    "member 40 member, member 40 Member",
    "member 40 member, member 40 owner",
    "member 40 member, member 40 adminmember",
    "member 40 member, 'member 40 '",
    "member 40 member b, member 40 member B",
    "member 40 member b, member 40 member bb",
    "member 40 member b, 'member 40 member '",
    "' bob.b', ' '",
    "' bob.b', ' bob b'",
    "' bob.b', '  bob.b'",
    "' bob.b', ' bob.b '",
    "' bob.b', ' .'",
    "' bob.b', ' ..'",
    "' bob.b', ' bób'",
    "' bob.b', ' 1234567890123456789012345'",
    "member 9007199254740991, member 9007199254740992"
  })
  void parse_anotherForm_isRefused(String form, String another) {
    assertEquals(2, SECOND.split(form, -1).length, "stands there once");
    assertRefused(SECOND.replace(form, another));
  }

  @Test
  void parse_otherEndsOfLines_areRefused() {
    assertRefused("");
    assertRefused("\n");
    assertRefused(SECOND.replace("\n", "\r\n"));
    assertRefused(SECOND.replace("\n", "\r"));
    assertRefused(SECOND.replace("\n", "\u2028"));
    for (int at = SECOND.indexOf('\n'); at >= 0; at = SECOND.indexOf('\n', at + 1)) {
      assertRefused(SECOND.substring(0, at) + SECOND.substring(at + 1));
      assertRefused(SECOND.substring(0, at) + "\n" + SECOND.substring(at));
      assertRefused(SECOND.substring(0, at) + " " + SECOND.substring(at));
      assertRefused(SECOND.substring(0, at) + "\r" + SECOND.substring(at));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "x", "\n", "\0", "member", "member ", "seen 0\n"})
  void parse_anythingBehind_isRefused(String rest) {
    assertRefused(SECOND + rest);
  }

  @Test
  void parse_anythingBefore_isRefused() {
    assertRefused("\n" + SECOND);
    assertRefused(" " + SECOND);
    assertRefused(SECOND + SECOND);
  }

  @Test
  void parse_cutAnywhereButAfterAMember_isRefused() {
    for (int length = 0; length < SECOND.length(); length++) {
      String cut = SECOND.substring(0, length);
      boolean hasAuthor = cut.contains("Alice\n");
      if (!hasAuthor || !cut.endsWith("\n")) {
        assertRefused(cut);
      }
    }
  }

  @Test
  void parse_linesMovedLeftOutOrDoubled_areRefused() {
    List<String> lines = SECOND.lines().toList();
    int ofTheHead = 7;
    for (int i = 0; i < lines.size(); i++) {
      List<String> doubled = new ArrayList<>(lines);
      doubled.add(i, lines.get(i));
      assertRefused(String.join("\n", doubled) + "\n");
      if (i <= ofTheHead) {
        List<String> without = new ArrayList<>(lines);
        without.remove(i);
        assertRefused(String.join("\n", without) + "\n");
      }
      if (i > 0) {
        List<String> swapped = new ArrayList<>(lines);
        Collections.swap(swapped, i - 1, i);
        assertRefused(String.join("\n", swapped) + "\n");
      }
    }
  }

  @Test
  void parse_badForm_namesTheLineAndNotTheValue() {
    assertEquals(
        "Line 6 of the statement is not in its one form",
        sentence(SECOND.replace("seen 12", "seen 012")));
  }

  /** Found at the first character too many, however many there are. */
  @Test
  void parse_nameThatDoesNotEnd_isRefusedByItsLength() {
    assertEquals(
        "Line 10 of the statement is not in its one form",
        sentence(FIRST.replace("C-a_rol9", "a".repeat(25))));
  }

  @Test
  void numbers_atTheLimit_areRead() {
    String most = Long.toString(UserId.MAX);
    EpochStatement statement =
        EpochStatement.parse(
            SECOND
                .replace("epoch 2", "epoch " + most)
                .replace("seen 12", "seen " + most)
                .replace("author 7", "author " + most));

    assertEquals(UserId.MAX, statement.epoch());
    assertEquals(UserId.MAX, statement.seen().entry());
    assertEquals(CAROL, statement.author());
  }

  @Test
  void members_outOfOrder_areRefused() {
    String rule = "Members are in ascending order of their ids";
    List<Member> turned = List.of(three().get(1), three().get(0), three().get(2));

    assertEquals(rule, sentence(turned));
    assertEquals(rule, sentence(FIRST.replace("member 40 ", "member 6 ")));
    // As text, 100 comes before 40.
    assertEquals(
        rule, sentence(FIRST.replace("member 7 ", "member 100 ").replace("r 7\n", "r 100\n")));
  }

  @Test
  void members_sameIdTwice_areRefused() {
    String rule = "Members are in ascending order of their ids";

    assertEquals(rule, sentence(FIRST.replace("member 40 ", "member 7 ")));
    assertEquals(
        rule, sentence(List.of(three().get(0), member(ALICE, Role.MEMBER, 0xb0, "bob.b"))));
  }

  @Test
  void members_sameKeyTwice_areRefused() {
    String rule = "No two members have the same key";

    assertEquals(rule, sentence(FIRST.replace("ca".repeat(32), "a1".repeat(32))));
    assertEquals(
        rule, sentence(with(three(), CAROL, old -> member(CAROL, Role.MEMBER, 0xa1, "Carol"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Alice", "alice", "ALICE"})
  void members_sameNameInAnyCase_areRefused(String name) {
    String rule = "No two members have the same name";

    assertEquals(rule, sentence(FIRST.replace("C-a_rol9", name)));
    assertEquals(
        rule, sentence(with(three(), CAROL, old -> member(CAROL, Role.MEMBER, 0xca, name))));
  }

  @Test
  void author_notAmongTheMembers_isRefused() {
    String rule = "The author is one of the members";

    assertEquals(rule, sentence(SECOND.replace("author 7", "author 8")));
    assertEquals(rule, sentence(without(three(), ALICE)));
    assertEquals(rule, sentence(List.of()));
  }

  @Test
  void first_somethingBefore_isRefused() {
    assertEquals(
        "Nothing is before the first epoch", sentence(FIRST.replace("previous 00", "previous 01")));
    assertThrows(
        InvalidValueException.class,
        () -> EpochStatement.of(GROUP, 1, hash(1), COMMITMENT, Seen.NOTHING, ALICE, three()));
  }

  @Test
  void first_somethingSeen_isRefused() {
    String rule = "Nothing was seen before the first epoch";

    assertEquals(rule, sentence(FIRST.replace("seen 0 0", "seen 1 0")));
    assertEquals(rule, sentence(FIRST.replace("seen 0 0", "seen 0 1")));
    assertThrows(
        InvalidValueException.class,
        () ->
            EpochStatement.of(GROUP, 1, hash(0), COMMITMENT, new Seen(1, hash(0)), ALICE, three()));
  }

  @Test
  void first_authorNoAdmin_isRefused() {
    String rule = "The author of the first epoch is an admin";

    assertEquals(rule, sentence(FIRST.replace("author 7", "author 40")));
    assertEquals(
        rule, sentence(with(three(), ALICE, old -> member(ALICE, Role.MEMBER, 0xa1, "Alice"))));
  }

  @Test
  void later_authorNoAdmin_isRead() {
    assertEquals(BOB, EpochStatement.parse(SECOND.replace("author 7", "author 40")).author());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, UserId.MAX + 1})
  void of_epochOutOfRange_isRefused(long epoch) {
    assertThrows(
        InvalidValueException.class,
        () -> EpochStatement.of(GROUP, epoch, hash(0), COMMITMENT, Seen.NOTHING, ALICE, three()));
  }

  @Test
  void members_atTheLimitAndAbove_areBounded() {
    List<Member> most = many(EpochStatement.MAX_MEMBERS);
    List<Member> tooMany = many(EpochStatement.MAX_MEMBERS + 1);
    EpochStatement statement =
        EpochStatement.of(GROUP, 1, hash(0), COMMITMENT, Seen.NOTHING, new UserId(1), most);
    Member last = tooMany.get(EpochStatement.MAX_MEMBERS);
    String another =
        "member %d member %s %s\n"
            .formatted(last.user().value(), last.key().toHex(), last.name().value());

    assertEquals(most, EpochStatement.parse(statement.text()).members());
    assertEquals(Optional.of(most.get(999)), statement.member(new UserId(1000)));
    assertEquals("An epoch has at most 1000 members", sentence(statement.text() + another));
    assertEquals("An epoch has at most 1000 members", sentence(tooMany));
  }

  private static List<Member> many(int count) {
    List<Member> members = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      byte[] key = Sha256.of(Integer.toString(i).getBytes(StandardCharsets.US_ASCII)).toByteArray();
      members.add(
          new Member(
              new UserId(i),
              i == 1 ? Role.ADMIN : Role.MEMBER,
              IdentityKey.copyOf(key),
              new Username("user-" + i)));
    }
    return members;
  }
}
