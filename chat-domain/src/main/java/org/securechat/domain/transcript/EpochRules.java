package org.securechat.domain.transcript;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.InvalidValueException;

/** What one epoch's statement may be after another one. Pure. */
public final class EpochRules {
  private EpochRules() {}

  /**
   * Returns only if {@code next} continues {@code previous}: the same group, the next number, the
   * hash of the one before; written by a member of it; whoever is in both has kept key and name,
   * and nobody who left is listed. Whether its author has the right to its list is for {@link
   * #mayWrite} to say.
   *
   * @param leavers who left since {@code previous}, by the server's word; others may be among them
   * @throws InvalidValueException at the first rule that is broken
   */
  public static void requireContinues(
      EpochStatement previous, EpochStatement next, Set<UserId> leavers) {
    require(next.group().equals(previous.group()), "The group of an epoch is that of the first");
    require(next.epoch() == previous.epoch() + 1, "Epochs are numbered without a gap");
    require(next.previous().equals(previous.hash()), "An epoch names the hash of the one before");
    require(
        previous.member(next.author()).isPresent(), "The author is a member of the epoch before");
    for (Member member : next.members()) {
      Optional<Member> before = previous.member(member.user());
      require(
          before.isEmpty() || isSamePerson(before.get(), member),
          "Who stays a member keeps key and name");
      require(!leavers.contains(member.user()), "Who left is not a member of the next epoch");
    }
  }

  private static boolean isSamePerson(Member one, Member other) {
    return one.key().equals(other.key()) && one.name().equals(other.name());
  }

  /**
   * Whether the author of {@code next} has the right to its list: an admin, who is one in both, to
   * any; another member only to the same lines without those who left.
   *
   * @param next a statement that {@link #requireContinues} has let through
   * @param leavers as there
   */
  public static boolean mayWrite(
      EpochStatement previous, EpochStatement next, Set<UserId> leavers) {
    if (mayWriteAny(previous, next)) {
      return true;
    }
    List<Member> rest =
        previous.members().stream().filter(member -> !leavers.contains(member.user())).toList();
    return next.members().equals(rest);
  }

  /** Whether the author of {@code next} is and stays an admin, who may write any list. */
  public static boolean mayWriteAny(EpochStatement previous, EpochStatement next) {
    return isAdmin(previous, next.author()) && isAdmin(next, next.author());
  }

  private static boolean isAdmin(EpochStatement statement, UserId user) {
    return statement.member(user).filter(member -> member.role() == Role.ADMIN).isPresent();
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new InvalidValueException(rule);
    }
  }
}
