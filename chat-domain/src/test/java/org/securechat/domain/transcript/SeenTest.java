package org.securechat.domain.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.securechat.domain.transcript.Statements.ALICE;
import static org.securechat.domain.transcript.Statements.BOB;
import static org.securechat.domain.transcript.Statements.CAROL;
import static org.securechat.domain.transcript.Statements.hash;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.identity.ExactInteger;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.rejection.InvalidValueException;

class SeenTest {
  private static final LogEntry EPOCH =
      new LogEntry(1, EntryKind.EPOCH, ALICE, 1, hash(0x11), signature("a1"));
  private static final LogEntry MESSAGE =
      new LogEntry(2, EntryKind.MESSAGE, CAROL, 1, hash(0x22), signature("b2"));
  private static final LogEntry DELETION =
      new LogEntry(3, EntryKind.DELETION, BOB, 1, hash(0x33), signature("c3"));

  private static Signature signature(String unit) {
    return Signature.parseHex(unit.repeat(Signature.LENGTH)).orElseThrow();
  }

  @Test
  void nothing_always_isEntryZeroAndZeros() {
    assertEquals(0, Seen.NOTHING.entry());
    assertEquals("0".repeat(64), Seen.NOTHING.hash().toHex());
  }

  /** The expected digests were made with Python's hashlib, from the protocol's text. */
  @Test
  void next_threeEntries_areThoseOfAnotherImplementation() {
    Seen one = Seen.NOTHING.next(EPOCH);
    Seen two = one.next(MESSAGE);
    Seen three = two.next(DELETION);

    assertEquals(
        List.of(
            "03bec4bba66ec009323bfeea39b21f2f14b5b995afde2eb8946e6f13a4780276",
            "a2434307c9c43c4ad0e0bde3d01013e08119a3197f9e19ef4e7f08dde453e1f7",
            "e56abe45fcf2d81f92d3dbdd7d1f1f9e9e7a44a9e75239b48becaee056bdde12"),
        List.of(one.hash().toHex(), two.hash().toHex(), three.hash().toHex()));
    assertEquals(3, three.entry());
  }

  @Test
  void next_anyPartOfTheEntryDiffers_isAnotherHash() {
    Seen before = Seen.NOTHING.next(EPOCH);
    List<LogEntry> entries =
        List.of(
            MESSAGE,
            new LogEntry(2, EntryKind.DELETION, CAROL, 1, hash(0x22), signature("b2")),
            new LogEntry(2, EntryKind.MESSAGE, BOB, 1, hash(0x22), signature("b2")),
            new LogEntry(2, EntryKind.MESSAGE, CAROL, 2, hash(0x22), signature("b2")),
            new LogEntry(2, EntryKind.MESSAGE, CAROL, 1, hash(0x23), signature("b2")),
            new LogEntry(2, EntryKind.MESSAGE, CAROL, 1, hash(0x22), signature("b3")));
    Set<Seen> all = new HashSet<>();
    for (LogEntry entry : entries) {
      all.add(before.next(entry));
      all.add(new Seen(1, hash(0)).next(entry));
    }

    assertEquals(2 * entries.size(), all.size());
  }

  @Test
  void next_sameEntryAtAnotherPlace_isAnotherHash() {
    LogEntry later = new LogEntry(3, EntryKind.MESSAGE, CAROL, 1, hash(0x22), signature("b2"));

    assertNotEquals(
        new Seen(1, hash(0)).next(MESSAGE).hash(), new Seen(2, hash(0)).next(later).hash());
  }

  @Test
  void next_notTheNextId_isRefused() {
    Seen one = Seen.NOTHING.next(EPOCH);

    assertThrows(InvalidValueException.class, () -> one.next(EPOCH));
    assertThrows(InvalidValueException.class, () -> one.next(DELETION));
    assertThrows(InvalidValueException.class, () -> Seen.NOTHING.next(MESSAGE));
    assertThrows(
        InvalidValueException.class, () -> new Seen(ExactInteger.MAX, hash(0)).next(EPOCH));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, ExactInteger.MAX + 1, Long.MIN_VALUE})
  void seen_entryOutOfRange_isRefused(long entry) {
    assertThrows(InvalidValueException.class, () -> new Seen(entry, hash(0)));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, ExactInteger.MAX + 1})
  void logEntry_numbersOutOfRange_areRefused(long value) {
    assertThrows(
        InvalidValueException.class,
        () -> new LogEntry(value, EntryKind.EPOCH, ALICE, 1, hash(0x11), signature("a1")));
    assertThrows(
        InvalidValueException.class,
        () -> new LogEntry(1, EntryKind.EPOCH, ALICE, value, hash(0x11), signature("a1")));
  }
}
