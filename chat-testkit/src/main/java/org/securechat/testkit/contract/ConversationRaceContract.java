package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.contract.StoreChecks.count;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.securechat.domain.conversation.ConversationView;
import org.securechat.domain.conversation.EpochForm;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.testkit.ConcurrentRuns;
import org.securechat.testkit.ConcurrentRuns.Outcome;
import org.securechat.testkit.TestGroup;
import org.securechat.testkit.TestGroup.Person;

/**
 * What the stores of conversations and messages keep to when everything happens at once; comes with
 * {@link MessageStoreContract}. The longest of these lasts as many seconds as the system property
 * {@code chat.race.seconds} says, 3 unless it is set.
 */
public interface ConversationRaceContract extends StoresContract {

  /** Registers so many people, from id 2 on. */
  private static List<Person> others(People people, int count) {
    List<Person> others = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      others.add(people.register(i + 2L, "other" + i));
    }
    return others;
  }

  @Test
  default void startEpoch_eightAdminsAtOnce_oneWins() {
    People people = new People(stores());
    List<Person> admins = new ArrayList<>(others(people, 7));
    Person alice = people.register(1, "alice");
    admins.add(0, alice);
    TestGroup group = TestGroup.create();
    List<Member> members = admins.stream().map(admin -> admin.as(Role.ADMIN)).toList();
    Room room =
        new Room(
            people,
            people
                .conversations
                .start()
                .start(
                    people.calling(alice),
                    group.id(),
                    Optional.empty(),
                    group.first(alice, members))
                .id(),
            group);
    admins.subList(1, 8).forEach(room::join);

    for (long epoch = 2; epoch <= 6; epoch++) {
      long next = epoch;
      TestGroup now = room.group();
      List<Outcome<ConversationView>> outcomes =
          ConcurrentRuns.run(
              8,
              i ->
                  people
                      .conversations
                      .startEpoch()
                      .start(
                          people.calling(admins.get(i)),
                          room.id,
                          next,
                          Optional.empty(),
                          now.renew(admins.get(i))));

      assertEquals(7, count(outcomes, "EPOCH_CONFLICT"), outcomes::toString);
      assertEquals(epoch, room.last());
      for (int i = 0; i < 8; i++) {
        Outcome<ConversationView> outcome = outcomes.get(i);
        if (outcome.thrown() instanceof RejectedException rejected) {
          assertEquals(Optional.of(epoch), rejected.currentEpoch());
        } else {
          assertEquals(admins.get(i).id(), room.group().statement().author());
        }
      }
    }
  }

  @Test
  default void change_joinsAndLeavesAtOnce_allTakeEffect() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    List<Person> others = others(people, 30);
    Room room = people.begin(alice, others.toArray(Person[]::new));

    List<Outcome<Object>> outcomes =
        ConcurrentRuns.run(
            30,
            i -> {
              if (i % 2 == 0) {
                people.conversations.join().join(people.calling(others.get(i)), room.id);
              } else {
                people.conversations.leave().leave(people.calling(others.get(i)), room.id);
              }
              return "done";
            });

    assertEquals(30, count(outcomes, "done"), outcomes::toString);
    ConversationView view = room.view(alice);
    assertEquals(31, view.version());
    assertEquals(16, view.participantCount());
    assertTrue(view.rekeyRequired());
    for (int i = 0; i < 30; i++) {
      assertEquals(i % 2 == 0, room.isIn(others.get(i)));
    }
    assertTrue(
        view.participants().orElseThrow().stream().allMatch(each -> each.joinedAt().isPresent()));
  }

  @Test
  default void change_oneJoinsAndLeavesManyTimesAtOnce_isOutInTheEnd() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.begin(alice, bob);

    List<Outcome<Object>> outcomes =
        ConcurrentRuns.run(
            20,
            i -> {
              if (i % 2 == 0) {
                people.conversations.join().join(people.calling(bob), room.id);
              } else {
                people.conversations.leave().leave(people.calling(bob), room.id);
              }
              return i % 2 == 0 ? "joined" : "left";
            });

    assertEquals(1, count(outcomes, "left"), outcomes::toString);
    assertEquals(
        20,
        count(outcomes, "left") + count(outcomes, "joined") + count(outcomes, "NOT_FOUND"),
        outcomes::toString);
    assertFalse(room.isIn(bob));
    assertTrue(room.view(alice).version() <= 3);
    assertEquals(1, room.view(alice).participantCount());
  }

  @Test
  default void change_allLeaveAtOnce_endsTheConversation() {
    People people = new People(stores());
    List<Person> all = others(people, 16);
    Person[] invited = all.subList(1, 16).toArray(Person[]::new);
    Room room = people.begin(all.get(0), invited);

    List<Outcome<Object>> outcomes =
        ConcurrentRuns.run(
            16,
            i -> {
              people.conversations.leave().leave(people.calling(all.get(i)), room.id);
              return "left";
            });

    assertEquals(16, count(outcomes, "left"), outcomes::toString);
    assertEquals(Optional.empty(), stores().messages().entry(room.id, 1));
    EndedConversationContract.sweep(stores());
    TestGroup again = TestGroup.from(room.groupId(), TestGroup.create().seen());
    EpochForm form = again.first(all.get(0));
    people
        .conversations
        .start()
        .start(people.calling(all.get(0)), again.id(), Optional.empty(), form);
  }

  @Test
  default void append_manySendersAtOnce_leaveNoGap() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    List<Person> others = others(people, 7);
    Room room = people.gather(alice, others.toArray(Person[]::new));
    TestGroup begun = TestGroup.from(room.groupId(), TestGroup.create().seen());
    TestGroup group = room.group();

    List<Outcome<Integer>> outcomes =
        ConcurrentRuns.run(
            8,
            i -> {
              Person sender = i == 0 ? alice : others.get(i - 1);
              for (int j = 0; j < 25; j++) {
                people
                    .timeline
                    .post()
                    .post(people.calling(sender), room.id, group.message(sender, "m"));
              }
              return 25;
            });

    assertEquals(8, count(outcomes, "25"), outcomes::toString);
    assertEquals(201, room.last());
    assertEquals(room.view(alice).tip().seen(), begun.read(room.entries()).seen());
  }

  @Test
  default void append_whileOthersComeAndGo_storesNothingOutOfPlace() {
    ComingAndGoing race = new ComingAndGoing(stores());

    RaceLog log = race.run();

    assertEquals(race.tip(), log.end());
    log.requireEveryEntryInTheNewestEpoch();
    log.requireEpochsOneAfterTheOther();
    log.requireTrueSeen();
    log.requireSendersWhoHadJoined();
    log.requireAnotherEpochAfterEachLeave();
    race.requireKeysForAll();
  }
}
