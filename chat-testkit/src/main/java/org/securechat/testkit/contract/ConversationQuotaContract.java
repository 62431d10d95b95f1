package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.securechat.testkit.contract.AccountFixtures.NOON;
import static org.securechat.testkit.contract.Beginnings.circumstances;
import static org.securechat.testkit.contract.StoreChecks.count;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.securechat.domain.conversation.ConversationSettings;
import org.securechat.domain.conversation.StartCircumstances;
import org.securechat.domain.file.FileSettings;
import org.securechat.domain.transcript.GroupId;
import org.securechat.testkit.ConcurrentRuns;
import org.securechat.testkit.ConcurrentRuns.Outcome;
import org.securechat.testkit.TestGroup;
import org.securechat.testkit.TestGroup.Person;

/** What counts against the quotas of conversations. */
interface ConversationQuotaContract extends StoresContract {

  @Test
  default void create_earlierBeginnings_areCountedFromTheInstantOn() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    GroupId group = TestGroup.create().id();
    assertEquals(Optional.empty(), circumstances(people, alice, group, NOON).firstStarted());
    people.begin(alice, bob).leave(alice);
    people.clock.advance(Duration.ofSeconds(10));
    people.begin(bob, alice);
    people.clock.advance(Duration.ofSeconds(10));
    people.begin(alice);

    StartCircumstances all = circumstances(people, alice, group, NOON);
    StartCircumstances later = circumstances(people, alice, group, NOON.plusMillis(1));
    StartCircumstances none = circumstances(people, alice, group, NOON.plusMillis(20_001));

    assertEquals(2, all.started());
    assertEquals(Optional.of(NOON), all.firstStarted());
    assertEquals(1, later.started());
    assertEquals(Optional.of(NOON.plusSeconds(20)), later.firstStarted());
    assertEquals(0, none.started());
    assertEquals(Optional.empty(), none.firstStarted());
  }

  @Test
  default void create_endedConversation_countsStill() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    people.begin(alice).leave(alice);
    EndedConversationContract.sweep(stores());

    assertEquals(1, circumstances(people, alice, TestGroup.create().id(), NOON).started());
  }

  @Test
  default void forgetStartedBefore_oldBeginnings_forgetsUpToTheLimit() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    for (int i = 0; i < 3; i++) {
      people.begin(alice);
      people.clock.advance(Duration.ofSeconds(1));
    }
    GroupId group = TestGroup.create().id();

    assertEquals(0, stores().conversations().forgetStartedBefore(NOON, 10));
    assertEquals(1, stores().conversations().forgetStartedBefore(NOON.plusSeconds(2), 1));
    assertEquals(2, circumstances(people, alice, group, NOON).started());
    assertEquals(1, stores().conversations().forgetStartedBefore(NOON.plusSeconds(2), 10));

    StartCircumstances left = circumstances(people, alice, group, NOON);
    assertEquals(1, left.started());
    assertEquals(Optional.of(NOON.plusSeconds(2)), left.firstStarted());
  }

  @Test
  default void create_pendingInvitations_areThoseOfTheActorThatNobodyHasAnswered() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Person carol = people.register(3, "carol");
    Person dave = people.register(4, "dave");
    Person erin = people.register(5, "erin");
    Room room = people.begin(alice, bob, carol, dave);
    people.begin(bob, alice);
    people.begin(alice, erin);
    GroupId group = TestGroup.create().id();
    assertEquals(4, circumstances(people, alice, group, NOON).newcomers().pendingInvitations());

    room.join(bob);
    room.leave(carol);

    assertEquals(2, circumstances(people, alice, group, NOON).newcomers().pendingInvitations());
    assertEquals(1, circumstances(people, bob, group, NOON).newcomers().pendingInvitations());
    assertEquals(0, circumstances(people, erin, group, NOON).newcomers().pendingInvitations());
  }

  @Test
  default void create_fiftyAtOnce_beginsAsManyAsMayBe() {
    People people =
        new People(stores(), new ConversationSettings(10, 100, 3, 100), FileSettings.defaults());
    Person alice = people.register(1, "alice");

    List<Outcome<Room>> outcomes = ConcurrentRuns.run(50, i -> people.begin(alice));

    assertEquals(47, count(outcomes, "RATE_LIMITED"), outcomes::toString);
    assertEquals(3, stores().conversations().standings(alice.id()).size());
  }

  @Test
  default void create_fiftyInvitationsAtOnce_invitesAsManyAsMayBe() {
    People people =
        new People(stores(), new ConversationSettings(10, 100, 1000, 5), FileSettings.defaults());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Person carol = people.register(3, "carol");

    List<Outcome<Room>> outcomes = ConcurrentRuns.run(50, i -> people.begin(alice, bob, carol));

    assertEquals(48, count(outcomes, "QUOTA_EXCEEDED"), outcomes::toString);
    assertEquals(2, stores().conversations().standings(bob.id()).size());
  }
}
