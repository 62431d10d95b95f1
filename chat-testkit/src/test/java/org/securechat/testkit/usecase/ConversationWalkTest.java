package org.securechat.testkit.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.securechat.domain.conversation.ConversationView;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.timeline.MessageDraft;
import org.securechat.domain.timeline.Page;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.testkit.TestGroup;
import org.securechat.testkit.TestGroup.Person;
import org.securechat.testkit.TestUser;

/** A conversation from its beginning to a deletion, through the whole core. */
class ConversationWalkTest {
  private final ChatFixture fixture = new ChatFixture();
  private final Member alice = fixture.join(TestUser.named("alice"));
  private final Member bob = fixture.join(TestUser.named("bob"));
  private final Person alicePerson = new Person(alice.id(), alice.user());
  private final Person bobPerson = new Person(bob.id(), bob.user());

  private ConversationId conversation = new ConversationId(1);

  private TestGroup read(TestGroup group, Member reader) {
    Page page =
        fixture
            .chat
            .timeline()
            .read()
            .page(
                fixture.calling(reader).caller(),
                conversation,
                Optional.empty(),
                Optional.of(group.seen().entry()),
                100);
    return group.read(page.entries());
  }

  @Test
  void twoMembers_talkRenewAndDelete_haveTheSameLog() {
    TestGroup group = TestGroup.create();
    ConversationView begun =
        fixture
            .chat
            .conversations()
            .start()
            .start(
                fixture.calling(alice),
                group.id(),
                Optional.empty(),
                group.first(alicePerson, bobPerson));
    conversation = begun.id();
    fixture.chat.conversations().join().join(fixture.calling(bob), conversation);
    TestGroup seenByAlice = read(group, alice);
    long message =
        fixture
            .chat
            .timeline()
            .post()
            .post(fixture.calling(alice), conversation, seenByAlice.message(alicePerson, "hello"))
            .message()
            .place()
            .id();
    TestGroup seenByBob = read(group, bob);
    assertEquals(
        1,
        fixture
            .chat
            .conversations()
            .read()
            .read(fixture.calling(bob).caller(), conversation)
            .unread());
    fixture
        .chat
        .conversations()
        .startEpoch()
        .start(fixture.calling(bob), conversation, 2, Optional.empty(), seenByBob.renew(bobPerson));
    seenByAlice = read(seenByAlice, alice);
    fixture
        .chat
        .timeline()
        .delete()
        .delete(fixture.calling(alice), conversation, seenByAlice.deletion(alicePerson, message));

    assertEquals(read(seenByAlice, alice).seen(), read(seenByBob, bob).seen());
    assertEquals(4, read(group, bob).seen().entry());
  }

  @Test
  void post_bySomebodyWhoHasNotJoined_isRefused() {
    Member carol = fixture.join(TestUser.named("carol"));
    TestGroup group = TestGroup.create();
    conversation =
        fixture
            .chat
            .conversations()
            .start()
            .start(
                fixture.calling(alice),
                group.id(),
                Optional.empty(),
                group.first(alicePerson, bobPerson))
            .id();
    TestGroup begun = read(group, alice);

    ChatFixture.assertRejected(
        Rejection.FORBIDDEN, () -> post(bob, begun.message(bobPerson, "not yet")));
    ChatFixture.assertRejected(
        Rejection.NOT_FOUND,
        () -> post(carol, begun.message(new Person(carol.id(), carol.user()), "never")));
    assertEquals(1, read(group, alice).seen().entry());
  }

  private void post(Member sender, MessageDraft draft) {
    fixture.chat.timeline().post().post(fixture.calling(sender), conversation, draft);
  }
}
