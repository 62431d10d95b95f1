package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.timeline.Entry;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.Seen;
import org.securechat.testkit.TestGroup;
import org.securechat.testkit.contract.JoinsAndLeaves.Move;

/**
 * A whole log, and who joined and left after which entry of it. Whether somebody was in the
 * conversation at a place follows from the two: they joined before it and have neither left since
 * nor been removed by an epoch.
 */
final class RaceLog {
  /** Who leaves and joins again does so with an entry in between, so that a join comes first. */
  private static final Comparator<Move> IN_ORDER =
      Comparator.comparingLong(Move::after).thenComparing(Move::joins, Comparator.reverseOrder());

  private final UserId author;
  private final List<Entry> entries;
  private final List<Move> moves;

  /** The statement that holds at each entry, and the running hash there; from index 1. */
  private final List<EpochStatement> statements = new ArrayList<>();

  private final List<Seen> chain = new ArrayList<>();

  /**
   * Takes a log from its beginning.
   *
   * @param author of the first epoch, who has joined with it
   */
  RaceLog(TestGroup begun, UserId author, List<Entry> entries, List<Move> moves) {
    this.author = author;
    this.entries = entries;
    this.moves = moves.stream().sorted(IN_ORDER).toList();
    TestGroup group = begun;
    chain.add(begun.seen());
    for (Entry entry : entries) {
      group = group.read(entry);
      chain.add(group.seen());
      statements.add(group.statement());
    }
  }

  private EpochStatement statementAt(long entry) {
    return statements.get((int) entry - 1);
  }

  private List<Entry.Message> messages() {
    return entries.stream()
        .filter(Entry.Message.class::isInstance)
        .map(Entry.Message.class::cast)
        .toList();
  }

  /** The end of the log, computed from its entries. */
  Seen end() {
    return chain.get(chain.size() - 1);
  }

  void requireEveryEntryInTheNewestEpoch() {
    for (Entry entry : entries) {
      assertEquals(statementAt(entry.place().id()).epoch(), entry.place().epoch(), entry::toString);
    }
  }

  void requireEpochsOneAfterTheOther() {
    EpochStatement before = statementAt(1);
    for (EpochStatement statement : statements) {
      if (!statement.equals(before)) {
        assertEquals(before.epoch() + 1, statement.epoch());
        assertEquals(before.hash(), statement.previous());
        assertEquals(chain.get((int) statement.seen().entry()), statement.seen());
        before = statement;
      }
    }
  }

  void requireTrueSeen() {
    for (Entry.Message message : messages()) {
      assertEquals(chain.get((int) message.seen().entry()), message.seen(), message::toString);
      assertEquals(
          message.place().epoch(),
          statementAt(message.seen().entry()).epoch(),
          () -> "Has not seen its epoch: " + message);
    }
  }

  void requireSendersWhoHadJoined() {
    Iterator<Move> coming = moves.iterator();
    Optional<Move> next = following(coming);
    Set<UserId> joined = new HashSet<>(Set.of(author));
    for (Entry entry : entries) {
      while (next.isPresent() && next.get().after() < entry.place().id()) {
        apply(next.get(), joined);
        next = following(coming);
      }
      if (entry instanceof Entry.Epoch) {
        joined.removeIf(user -> statementAt(entry.place().id()).member(user).isEmpty());
      }
      assertTrue(joined.contains(entry.place().sender()), () -> "Had not joined: " + entry);
    }
  }

  private static Optional<Move> following(Iterator<Move> moves) {
    return moves.hasNext() ? Optional.of(moves.next()) : Optional.empty();
  }

  private static void apply(Move move, Set<UserId> joined) {
    if (move.joins()) {
      joined.add(move.user());
    } else {
      joined.remove(move.user());
    }
  }

  /** After somebody has left, an epoch without them comes before anything else. */
  void requireAnotherEpochAfterEachLeave() {
    for (Move move : moves) {
      if (!move.joins() && move.after() < entries.size()) {
        Entry next = entries.get((int) move.after());
        assertTrue(next instanceof Entry.Epoch, () -> move + " was followed by " + next);
        assertTrue(
            statementAt(next.place().id()).member(move.user()).isEmpty(),
            () -> move + " but is a member of the next epoch");
      }
    }
  }
}
