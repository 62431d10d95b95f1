package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.contract.AccountFixtures.NOON;
import static org.securechat.testkit.contract.AccountFixtures.once;
import static org.securechat.testkit.contract.Beginnings.alone;
import static org.securechat.testkit.contract.Beginnings.circumstances;
import static org.securechat.testkit.contract.StoreChecks.assertRejected;
import static org.securechat.testkit.contract.StoreChecks.assertWantsASession;
import static org.securechat.testkit.contract.StoreChecks.count;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.securechat.domain.conversation.ConversationName;
import org.securechat.domain.conversation.ConversationView;
import org.securechat.domain.conversation.EpochForm;
import org.securechat.domain.conversation.NewConversation;
import org.securechat.domain.conversation.Newcomer;
import org.securechat.domain.conversation.Participant;
import org.securechat.domain.conversation.ParticipantView;
import org.securechat.domain.conversation.StartCircumstances;
import org.securechat.domain.conversation.Tip;
import org.securechat.domain.conversation.Window;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.timeline.Entry;
import org.securechat.domain.timeline.Place;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.GroupId;
import org.securechat.domain.transcript.Role;
import org.securechat.testkit.ConcurrentRuns;
import org.securechat.testkit.ConcurrentRuns.Outcome;
import org.securechat.testkit.TestGroup;
import org.securechat.testkit.TestGroup.Person;
import org.securechat.testkit.TestUser;

/** How conversations begin. */
interface ConversationBeginningContract extends StoresContract {

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
}
