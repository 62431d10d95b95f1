package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.contract.AccountFixtures.NOON;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.securechat.domain.conversation.ConversationKeyStore;
import org.securechat.domain.conversation.ConversationKeyStore.Epochs;
import org.securechat.domain.conversation.EpochForm;
import org.securechat.domain.conversation.EpochRecord;
import org.securechat.domain.conversation.MemberKey;
import org.securechat.domain.conversation.WrappedKey;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.testkit.TestGroup;
import org.securechat.testkit.TestGroup.Person;

/** What every {@link ConversationKeyStore} does; implement it in a test class of the adapter. */
public interface ConversationKeyStoreContract extends StoresContract {
  int NO_BOUND = Integer.MAX_VALUE;

  private Epochs keysFrom(Room room, Person person, long from, int limit, int maxBytes) {
    return stores().conversationKeys().keysFrom(room.id, person.id(), from, limit, maxBytes);
  }

  private static List<Long> numbers(Epochs epochs) {
    return epochs.epochs().stream().map(EpochRecord::epoch).toList();
  }

  /** A conversation of alice and bob with four epochs. */
  private static Room fourEpochs(People people, Person alice, Person bob) {
    Room room = people.gather(alice, bob);
    for (int i = 0; i < 3; i++) {
      room.renew(alice);
    }
    return room;
  }

  @Test
  default void keysFrom_epochs_areWholeAndInOrder() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Person carol = people.register(3, "carol");
    Room room = people.begin(alice, bob);
    EpochForm first = room.group().first(alice, bob);
    room.post(alice, "hello");
    people.clock.advance(Duration.ofMillis(7));
    EpochForm second = room.group().add(alice, carol);
    room.start(alice, second);

    Epochs ofBob = keysFrom(room, bob, 1, 10, NO_BOUND);

    assertFalse(ofBob.more());
    assertEquals(List.of(1L, 2L), numbers(ofBob));
    assertEquals(first.statement(), ofBob.epochs().get(0).statement());
    assertEquals(1, ofBob.epochs().get(0).entry());
    assertEquals(NOON, ofBob.epochs().get(0).createdAt());
    assertEquals(
        new EpochRecord(
            2,
            3,
            NOON.plusMillis(7),
            second.statement(),
            second.signature(),
            Optional.of(TestGroup.key(2, bob.id()))),
        ofBob.epochs().get(1));
    assertEquals(Optional.of(TestGroup.key(1, bob.id())), ofBob.epochs().get(0).key());
    assertEquals(
        List.of(Optional.empty(), Optional.of(TestGroup.key(2, carol.id()))),
        keysFrom(room, carol, 1, 10, NO_BOUND).epochs().stream().map(EpochRecord::key).toList());
  }

  @Test
  default void keysFrom_numberAndLimit_boundTheList() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = fourEpochs(people, alice, bob);

    assertEquals(List.of(2L, 3L, 4L), numbers(keysFrom(room, bob, 2, 10, NO_BOUND)));
    assertEquals(List.of(), numbers(keysFrom(room, bob, 5, 10, NO_BOUND)));
    assertFalse(keysFrom(room, bob, 5, 10, NO_BOUND).more());
    assertEquals(List.of(2L, 3L), numbers(keysFrom(room, bob, 2, 2, NO_BOUND)));
    assertTrue(keysFrom(room, bob, 2, 2, NO_BOUND).more());
    assertFalse(keysFrom(room, bob, 2, 3, NO_BOUND).more());
  }

  @Test
  default void keysFrom_bytes_boundTheListButForItsFirst() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = fourEpochs(people, alice, bob);
    int two =
        keysFrom(room, bob, 1, 2, NO_BOUND).epochs().stream()
            .mapToInt(each ->
                each.statement().length()
                    + each.key().map(key -> key.toByteArray().length).orElse(0))
            .sum();

    assertEquals(List.of(1L, 2L), numbers(keysFrom(room, bob, 1, 10, two)));
    assertTrue(keysFrom(room, bob, 1, 10, two).more());
    assertEquals(List.of(1L), numbers(keysFrom(room, bob, 1, 10, two - 1)));
    assertEquals(List.of(3L), numbers(keysFrom(room, bob, 3, 10, 0)));
    assertTrue(keysFrom(room, bob, 3, 10, 0).more());
    assertFalse(keysFrom(room, bob, 4, 10, 0).more());
  }

  @Test
  default void keysFrom_largestKey_isKeptWhole() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    byte[] bytes = new byte[8 * 1024];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    WrappedKey largest = WrappedKey.copyOf(bytes);
    EpochForm form = room.group().renew(alice);

    room.start(
        alice,
        new EpochForm(
            form.statement(), form.signature(), List.of(new MemberKey(alice.id(), largest))));

    assertEquals(Optional.of(largest), keysFrom(room, alice, 2, 1, NO_BOUND).epochs().get(0).key());
    assertEquals(Optional.of(largest), room.view(alice).key());
  }

  @Test
  default void keysFrom_mostMembers_areAllKept() {
    People people = new People(stores());
    List<Person> others = new ArrayList<>();
    for (int i = 2; i <= 120; i++) {
      others.add(people.register(i, "user" + i));
    }
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice, others.toArray(Person[]::new));

    EpochStatement statement = room.group().statement();
    assertEquals(120, room.view(alice).participants().orElseThrow().size());
    assertEquals(120, statement.members().size());
    for (Person other : others) {
      EpochRecord record = keysFrom(room, other, 1, 1, NO_BOUND).epochs().get(0);
      assertEquals(Optional.of(TestGroup.key(1, other.id())), record.key());
      assertEquals(statement.text(), record.statement());
    }
  }

  @Test
  default void keysFrom_strangerOrNoConversation_hasNone() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);

    assertEquals(
        List.of(Optional.empty()),
        stores()
            .conversationKeys()
            .keysFrom(room.id, new UserId(9), 1, 10, NO_BOUND)
            .epochs()
            .stream()
            .map(EpochRecord::key)
            .toList());
    assertEquals(
        new Epochs(List.of(), false),
        stores().conversationKeys().keysFrom(new ConversationId(9), alice.id(), 1, 10, NO_BOUND));
  }
}
