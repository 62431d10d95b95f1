package org.securechat.domain.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.securechat.domain.identity.ExactInteger;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.InvalidValueException;

/** Whatever a statement says, it says in one text; a failure names its seed, to be set again. */
class RandomStatementsTest {
  private static final long SEED = Long.getLong("chat.test.seed", System.nanoTime());

  private static final String NAME_CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-";

  /** Among them what other rules of reading take for a digit, a letter or the end of a line. */
  private static final String OTHERS =
      "0123456789abcdefgxzABCDEFGXZ _-.,:/+`@\n\r\t\0\u000b\u007f\u0085\u00a0\u00ad\u00df"
          + "\u0130\u0131\u017f\u0660\u06f0\u2028\u212a\ufeff\uff10\uff41\ud800\udc00";

  private final Random random = new Random(SEED);

  /** All that a statement says. */
  private record Meaning(
      GroupId group,
      long epoch,
      Sha256 previous,
      Sha256 keyCommitment,
      Seen seen,
      UserId author,
      List<Member> members) {
    static Meaning of(EpochStatement statement) {
      return new Meaning(
          statement.group(),
          statement.epoch(),
          statement.previous(),
          statement.keyCommitment(),
          statement.seen(),
          statement.author(),
          statement.members());
    }

    EpochStatement write() {
      return EpochStatement.of(group, epoch, previous, keyCommitment, seen, author, members);
    }
  }

  @Test
  void parse_whatOfWrote_saysTheSame() {
    for (int i = 0; i < 300; i++) {
      Meaning meaning = meaning(1 + random.nextInt(20));
      EpochStatement written = meaning.write();
      EpochStatement read = EpochStatement.parse(written.text());

      assertEquals(meaning, Meaning.of(read), () -> "seed " + SEED);
      assertEquals(written, read, () -> "seed " + SEED);
      assertEquals(written.hash(), read.hash(), () -> "seed " + SEED);
    }
  }

  @Test
  void parse_oneCharacterDroppedDoubledOrChanged_isRefusedOrSaysSomethingElse() {
    int read = 0;
    int refused = 0;
    for (int i = 0; i < 12; i++) {
      Meaning meaning = meaning(1 + i % 4);
      for (String mutated : mutations(meaning.write().text())) {
        if (isRefusedOrSaysSomethingElse(mutated, meaning)) {
          read++;
        } else {
          refused++;
        }
      }
    }
    assertTrue(read > 0 && refused > 0, read + " read, " + refused + " refused, seed " + SEED);
  }

  /** Whether it was read. */
  private static boolean isRefusedOrSaysSomethingElse(String mutated, Meaning original) {
    EpochStatement statement;
    try {
      statement = EpochStatement.parse(mutated);
    } catch (InvalidValueException e) {
      return false;
    }
    assertEquals(mutated, statement.text(), () -> "seed " + SEED);
    Meaning meaning = Meaning.of(statement);
    assertNotEquals(original, meaning, () -> "seed " + SEED + " for " + mutated);
    assertEquals(mutated, meaning.write().text(), () -> "seed " + SEED);
    return true;
  }

  private static List<String> mutations(String text) {
    List<String> mutations = new ArrayList<>();
    for (int at = 0; at < text.length(); at++) {
      String before = text.substring(0, at);
      String after = text.substring(at + 1);
      char old = text.charAt(at);
      mutations.add(before + after);
      mutations.add(before + old + old + after);
      for (int bit = 1; bit <= 0x8000; bit <<= 1) {
        mutations.add(before + (char) (old ^ bit) + after);
      }
      for (int other = 0; other < OTHERS.length(); other++) {
        if (OTHERS.charAt(other) != old) {
          mutations.add(before + OTHERS.charAt(other) + after);
        }
      }
    }
    return mutations;
  }

  private Meaning meaning(int count) {
    TreeMap<Long, Member> members = new TreeMap<>();
    while (members.size() < count) {
      UserId user = new UserId(Math.max(1, number()));
      members.put(user.value(), member(user));
    }
    List<Member> list = new ArrayList<>(members.values());
    int author = random.nextInt(count);
    Member writer = list.get(author);
    boolean isFirst = random.nextInt(3) == 0;
    if (isFirst) {
      list.set(author, new Member(writer.user(), Role.ADMIN, writer.key(), writer.name()));
    }
    return new Meaning(
        new GroupId(hash().toHex()),
        isFirst ? 1 : Math.max(2, number()),
        isFirst ? Seen.NOTHING.hash() : hash(),
        hash(),
        isFirst ? Seen.NOTHING : new Seen(number(), hash()),
        writer.user(),
        list);
  }

  /** Of any length in digits. */
  private long number() {
    return (random.nextLong() & ExactInteger.MAX) >>> random.nextInt(53);
  }

  private Sha256 hash() {
    byte[] bytes = new byte[Sha256.LENGTH];
    random.nextBytes(bytes);
    return Sha256.copyOf(bytes);
  }

  private Member member(UserId user) {
    Role role = random.nextBoolean() ? Role.ADMIN : Role.MEMBER;
    // Names drawn at random could be the same: what is behind the last dot is the member's own.
    String own = "." + Long.toString(user.value(), 36);
    StringBuilder name = new StringBuilder();
    int free = random.nextInt(1 + Username.MAX_LENGTH - own.length());
    for (int i = 0; i < free; i++) {
      name.append(NAME_CHARACTERS.charAt(random.nextInt(NAME_CHARACTERS.length())));
    }
    return new Member(
        user,
        role,
        IdentityKey.copyOf(hash().toByteArray()),
        new Username(name.append(own).toString()));
  }
}
