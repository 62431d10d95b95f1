package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.securechat.domain.ChatStores;
import org.securechat.domain.conversation.ConversationView;
import org.securechat.domain.conversation.EpochForm;
import org.securechat.domain.conversation.Participant;
import org.securechat.domain.conversation.ParticipantView;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.timeline.Entry;
import org.securechat.domain.timeline.Page;
import org.securechat.domain.timeline.PageRange;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Seen;
import org.securechat.testkit.ConcurrentRuns;
import org.securechat.testkit.ConcurrentRuns.Outcome;
import org.securechat.testkit.TestGroup;
import org.securechat.testkit.TestGroup.Person;

/**
 * Many talk in a conversation for a while, as others are added, join, leave and are removed, and
 * the key is renewed. Which of them comes first is left to chance; what is refused tries again.
 */
final class ComingAndGoing {
  /** How long; in seconds by the system property {@code chat.race.seconds}. */
  static final Duration LENGTH = Duration.ofSeconds(Long.getLong("chat.race.seconds", 3));

  /** By when each thing must have happened a few times, however slow the machine is. */
  private static final Duration PATIENCE = LENGTH.plusSeconds(20);

  private static final int A_FEW = 3;

  private static final Set<Rejection> NO_TIME_TO_TALK =
      Set.of(
          Rejection.NOT_FOUND,
          Rejection.FORBIDDEN,
          Rejection.REKEY_REQUIRED,
          Rejection.STALE_EPOCH,
          Rejection.SEEN_MISMATCH);

  private static final Set<Rejection> OVERTAKEN =
      Set.of(Rejection.EPOCH_CONFLICT, Rejection.INVALID_STATEMENT);

  private final JoinsAndLeaves moves;
  private final People people;
  private final Person alice;
  private final Person bob;
  private final List<Person> guests;
  private final Room room;
  private final TestGroup begun;

  private final AtomicInteger messages = new AtomicInteger();
  private final AtomicInteger epochs = new AtomicInteger();
  private final AtomicInteger leaves = new AtomicInteger();
  private final List<Entry> followed = new ArrayList<>();
  private TestGroup follower;
  private long began;

  ComingAndGoing(ChatStores stores) {
    moves = new JoinsAndLeaves(stores.conversations());
    people =
        new People(
            new ChatStores(
                stores.accounts(),
                stores.secondFactors(),
                stores.registrations(),
                stores.sessions(),
                stores.blocks(),
                stores.attempts(),
                moves,
                stores.conversationKeys(),
                stores.messages(),
                stores.files(),
                stores.replays()));
    alice = people.register(1, "alice");
    bob = people.register(2, "bob");
    guests = List.of(people.register(3, "carol"), people.register(4, "dave"));
    room = people.gather(alice, bob);
    begun = TestGroup.from(room.groupId(), TestGroup.create().seen());
    follower = begun;
  }

  /** Lets them come and go; returns the whole log and what was written down beside it. */
  RaceLog run() {
    began = System.nanoTime();
    List<Runnable> roles =
        List.of(
            () -> talk(alice),
            () -> talk(bob),
            () -> talk(bob),
            () -> talk(guests.get(0)),
            () -> talk(guests.get(1)),
            () -> comeAndGo(guests.get(0)),
            () -> comeAndGo(guests.get(1)),
            this::invite,
            this::renew,
            this::follow);
    List<Outcome<Object>> outcomes =
        ConcurrentRuns.run(
            roles.size(),
            role -> {
              roles.get(role).run();
              return role;
            });
    outcomes.forEach(outcome -> assertNull(outcome.thrown(), outcomes::toString));
    requireAFewOfEach();
    read(follower, followed);
    List<Entry> log = room.entries();
    assertEquals(log, followed);
    return new RaceLog(begun, alice.id(), log, moves.moves());
  }

  /** The end of the log by the store's account. */
  Seen tip() {
    return room.view(alice).tip().seen();
  }

  /** Whoever is in the conversation must have the newest key. */
  void requireKeysForAll() {
    for (ParticipantView participant : room.view(alice).participants().orElseThrow()) {
      ConversationView view =
          people.stores.conversations().view(room.id, participant.user()).orElseThrow();
      assertEquals(Optional.of(TestGroup.key(view.epoch(), participant.user())), view.key());
    }
  }

  private void requireAFewOfEach() {
    if (!isEnough()) {
      throw new AssertionError(
          "Too little happened: %s messages, %s epochs, %s leaves"
              .formatted(messages, epochs, leaves));
    }
  }

  private boolean isEnough() {
    return messages.get() >= A_FEW && epochs.get() >= A_FEW && leaves.get() >= A_FEW;
  }

  private boolean goesOn() {
    long passed = System.nanoTime() - began;
    return passed < LENGTH.toNanos() || (!isEnough() && passed < PATIENCE.toNanos());
  }

  /** What a reader has who reads on to the end. */
  private TestGroup read(TestGroup from, Collection<Entry> entries) {
    TestGroup group = from;
    Page page;
    do {
      page =
          people
              .stores
              .messages()
              .page(
                  room.id,
                  new PageRange(group.seen().entry(), Long.MAX_VALUE, false),
                  20,
                  Integer.MAX_VALUE);
      group = group.read(page.entries());
      entries.addAll(page.entries());
    } while (page.more());
    return group;
  }

  private TestGroup read(TestGroup from) {
    return read(from, new ArrayList<>());
  }

  /** Whether it came to pass; false if it was refused for one of these reasons. */
  private static boolean tried(Runnable request, Set<Rejection> refusals) {
    try {
      request.run();
      return true;
    } catch (RejectedException e) {
      if (!refusals.contains(e.reason())) {
        throw e;
      }
      return false;
    }
  }

  /** Reads on only now and then, so as to be behind. */
  private void talk(Person sender) {
    TestGroup group = read(begun);
    for (int i = 0; goesOn(); i++) {
      TestGroup now = group;
      boolean sent =
          tried(
              () ->
                  people
                      .timeline
                      .post()
                      .post(people.calling(sender), room.id, now.message(sender, "m")),
              NO_TIME_TO_TALK);
      if (sent) {
        messages.incrementAndGet();
      }
      if (!sent || i % 5 == 0) {
        group = read(group);
      }
    }
  }

  private void comeAndGo(Person guest) {
    Random chance = new Random(guest.id().value());
    while (goesOn()) {
      Optional<Participant> own = people.stores.conversations().participant(room.id, guest.id());
      if (own.isPresent() && !own.get().hasJoined()) {
        tried(() -> room.join(guest), Set.of(Rejection.NOT_FOUND));
      } else if (own.isPresent()
          && chance.nextInt(10) == 0
          && tried(() -> room.leave(guest), Set.of(Rejection.NOT_FOUND))) {
        leaves.incrementAndGet();
      }
    }
  }

  /** The admin adds guests, removes them again, and renews when somebody has left. */
  private void invite() {
    Random chance = new Random(1);
    TestGroup group = read(begun);
    while (goesOn()) {
      group = read(group);
      start(alice, next(group, chance));
    }
  }

  private EpochForm next(TestGroup group, Random chance) {
    Set<UserId> present =
        room.view(alice).participants().orElseThrow().stream()
            .map(ParticipantView::user)
            .collect(Collectors.toSet());
    Set<UserId> left =
        group.statement().members().stream()
            .map(Member::user)
            .filter(user -> !present.contains(user))
            .collect(Collectors.toSet());
    Person guest = guests.get(chance.nextInt(guests.size()));
    if (!left.isEmpty()) {
      return group.remove(alice, left);
    }
    if (group.statement().member(guest.id()).isEmpty()) {
      return group.add(alice, guest);
    }
    return chance.nextInt(4) == 0 ? group.remove(alice, Set.of(guest.id())) : group.renew(alice);
  }

  /** A member renews the key whenever a few messages have come. */
  private void renew() {
    TestGroup group = read(begun);
    long renewed = 0;
    while (goesOn()) {
      group = read(group);
      if (group.seen().entry() > renewed + 10) {
        renewed = group.seen().entry();
        start(bob, group.renew(bob));
      }
    }
  }

  private void start(Person author, EpochForm form) {
    long epoch = EpochStatement.parse(form.statement()).epoch();
    boolean started =
        tried(
            () ->
                people
                    .conversations
                    .startEpoch()
                    .start(people.calling(author), room.id, epoch, Optional.empty(), form),
            OVERTAKEN);
    if (started) {
      epochs.incrementAndGet();
    }
  }

  /** Whoever only ever asks for what follows must get every entry. */
  private void follow() {
    while (goesOn()) {
      follower = read(follower, followed);
    }
  }
}
