package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.contract.AccountFixtures.NOON;
import static org.securechat.testkit.contract.AccountFixtures.once;
import static org.securechat.testkit.contract.StoreChecks.assertRejected;
import static org.securechat.testkit.contract.StoreChecks.assertWantsASession;
import static org.securechat.testkit.contract.StoreChecks.count;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.securechat.domain.conversation.AppendedEpoch;
import org.securechat.domain.conversation.ConversationChange;
import org.securechat.domain.conversation.ConversationName;
import org.securechat.domain.conversation.ConversationSettings;
import org.securechat.domain.conversation.ConversationView;
import org.securechat.domain.conversation.EpochForm;
import org.securechat.domain.conversation.NewConversation;
import org.securechat.domain.conversation.Newcomer;
import org.securechat.domain.conversation.Participant;
import org.securechat.domain.conversation.ParticipantView;
import org.securechat.domain.conversation.StartCircumstances;
import org.securechat.domain.conversation.Tip;
import org.securechat.domain.conversation.Window;
import org.securechat.domain.file.FileSettings;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.timeline.Entry;
import org.securechat.domain.timeline.Place;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.EntryKind;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.GroupId;
import org.securechat.domain.transcript.LogEntry;
import org.securechat.domain.transcript.Role;
import org.securechat.testkit.ConcurrentRuns;
import org.securechat.testkit.ConcurrentRuns.Outcome;
import org.securechat.testkit.TestGroup;
import org.securechat.testkit.TestGroup.Person;
import org.securechat.testkit.TestUser;

/** How conversations begin. */
interface ConversationBeginningContract extends StoresContract {

  /** A conversation of its author alone, as the domain would begin it at noon. */
  private static NewConversation alone(Person author, long id, TestGroup group) {
    EpochForm form = group.first(author);
    EpochStatement statement = EpochStatement.parse(form.statement());
    LogEntry entry =
        new LogEntry(1, EntryKind.EPOCH, author.id(), 1, statement.hash(), form.signature());
    Participant participant =
        new Participant(
            author.id(), Role.ADMIN, Optional.of(NOON), 1, new Window(0, 1), author.id());
    return new NewConversation(
        new ConversationId(id),
        group.id(),
        NOON,
        NOON.minus(Duration.ofDays(1)),
        new ConversationChange(
            Optional.of(
                new AppendedEpoch(
                    entry,
                    Tip.beginning(NOON).append(entry, NOON),
                    statement,
                    Map.of(author.id(), TestGroup.key(1, author.id())))),
            Optional.empty(),
            Set.of(),
            List.of(participant)));
  }

  private static NewConversation alone(Person author, long id) {
    return alone(author, id, TestGroup.create());
  }

  private StartCircumstances circumstances(
      People people, Person author, GroupId group, Instant startedSince, Person... others) {
    NewConversation plain = alone(author, 999);
    List<Participant> put = new ArrayList<>(plain.change().put());
    for (Person other : others) {
      put.add(
          new Participant(
              other.id(), Role.MEMBER, Optional.empty(), 1, new Window(0, 1), author.id()));
    }
    ConversationChange change =
        new ConversationChange(plain.change().epoch(), Optional.empty(), Set.of(), put);
    NewConversation conversation =
        new NewConversation(plain.id(), group, NOON, startedSince, change);
    return StoreChecks.<StartCircumstances, Void>given(rules ->
        stores()
            .conversations()
            .create(conversation, rules::apply, people.actor(author), people.fresh(author)));
  }

  @Test
  default void create_namedConversation_isStoredWhole() {
    People people = new People(stores());
    Person bob = people.register(2, "bob");
    Person alice = people.register(7, "alice");
    TestGroup group = TestGroup.create();
    EpochForm form = group.first(alice, bob);
    Optional<ConversationName> name = Optional.of(new ConversationName("Ž 😀 'talk'"));

    ConversationView view =
        people.conversations.start().start(people.calling(alice), group.id(), name, form);

    Participant own =
        new Participant(alice.id(), Role.ADMIN, Optional.of(NOON), 1, new Window(0, 1), alice.id());
    assertEquals(
        new ConversationView(
            view.id(),
            group.id(),
            name,
            NOON,
            1,
            false,
            new Tip(group.read(form).seen(), NOON),
            1,
            own,
            0,
            2,
            Optional.of(
                List.of(
                    new ParticipantView(
                        bob.id(),
                        bob.user().profile().username(),
                        bob.user().identityKey(),
                        Role.MEMBER,
                        Optional.empty(),
                        0),
                    new ParticipantView(
                        alice.id(),
                        alice.user().profile().username(),
                        alice.user().identityKey(),
                        Role.ADMIN,
                        Optional.of(NOON),
                        0))),
            Optional.of(TestGroup.key(1, alice.id()))),
        view);
    assertEquals(
        Optional.of(
            new Participant(
                bob.id(), Role.MEMBER, Optional.empty(), 1, new Window(0, 1), alice.id())),
        stores().conversations().participant(view.id(), bob.id()));
    assertEquals(
        Optional.of(
            new Entry.Epoch(
                new Place(view.id(), 1, alice.id(), 1, NOON),
                form.statement(),
                EpochStatement.parse(form.statement()).hash(),
                form.signature())),
        stores().messages().entry(view.id(), 1));
  }

  @Test
  default void create_allowed_spendsOnce() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");

    stores()
        .conversations()
        .create(alone(alice, 5), facts -> {}, people.actor(alice), once(1, "create"));

    assertTrue(stores().replays().seen(once(1, "create")));
    assertRejected(
        Rejection.REPLAYED_REQUEST,
        () ->
            stores()
                .conversations()
                .create(alone(alice, 6), facts -> {}, people.actor(alice), once(1, "create")));
    assertTrue(stores().conversations().view(new ConversationId(5), alice.id()).isPresent());
    assertEquals(
        Optional.empty(), stores().conversations().view(new ConversationId(6), alice.id()));
  }

  @Test
  default void create_rulesThrow_changesNothing() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    NewConversation conversation = alone(alice, 5);

    assertRejected(
        Rejection.QUOTA_EXCEEDED,
        () ->
            stores()
                .conversations()
                .create(
                    conversation,
                    facts -> {
                      throw StoreChecks.refusal(Rejection.QUOTA_EXCEEDED);
                    },
                    people.actor(alice),
                    once(1, "create")));

    assertFalse(stores().replays().seen(once(1, "create")));
    assertEquals(Optional.empty(), stores().conversations().view(conversation.id(), alice.id()));
    StartCircumstances after = circumstances(people, alice, conversation.group(), NOON);
    assertFalse(after.groupTaken());
    assertEquals(0, after.started());
    stores()
        .conversations()
        .create(conversation, facts -> {}, people.actor(alice), once(1, "create"));
    assertTrue(stores().conversations().view(conversation.id(), alice.id()).isPresent());
  }

  @Test
  default void create_inNoSession_isRefused() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    people.register(2, "bob");

    assertWantsASession(
        stores(),
        (actor, once) ->
            stores()
                .conversations()
                .create(
                    alone(alice, 5),
                    facts -> {
                      throw new AssertionError("The session is looked at first");
                    },
                    actor,
                    once));

    assertEquals(
        Optional.empty(), stores().conversations().view(new ConversationId(5), alice.id()));
  }

  @Test
  default void create_groupOfAnother_isToldSo() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.begin(alice);
    GroupId group = room.view(alice).group();

    assertTrue(circumstances(people, bob, group, NOON).groupTaken());
    assertFalse(circumstances(people, bob, TestGroup.create().id(), NOON).groupTaken());
  }

  @Test
  default void create_newcomers_areToldWithTheirBlocks() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Person carol = people.register(3, "Carol");
    Person nobody = new Person(new UserId(4), TestUser.named("nobody"));
    stores().blocks().block(alice.id(), NOON, 10, people.actor(carol), people.fresh(carol));
    stores().blocks().block(bob.id(), NOON, 10, people.actor(alice), people.fresh(alice));

    StartCircumstances facts =
        circumstances(people, alice, TestGroup.create().id(), NOON, bob, carol, nobody);

    assertEquals(
        Map.of(
            alice.id(), newcomer(alice, false),
            bob.id(), newcomer(bob, false),
            carol.id(), newcomer(carol, true)),
        facts.newcomers().accounts());
  }

  private static Newcomer newcomer(Person person, boolean blocksActor) {
    return new Newcomer(
        person.user().profile().username(), person.user().identityKey(), blocksActor);
  }

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
  default void create_oneGroupFiftyTimesAtOnce_beginsOne() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    TestGroup group = TestGroup.create();
    EpochForm form = group.first(alice);

    List<Outcome<ConversationView>> outcomes =
        ConcurrentRuns.run(
            50,
            i ->
                people
                    .conversations
                    .start()
                    .start(people.calling(alice), group.id(), Optional.empty(), form));

    assertEquals(49, count(outcomes, "GROUP_ID_TAKEN"), outcomes::toString);
    assertEquals(1, stores().conversations().standings(alice.id()).size());
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
