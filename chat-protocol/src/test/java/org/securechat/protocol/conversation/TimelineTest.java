package org.securechat.protocol.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.content.MessageContent.Edit;
import org.securechat.protocol.content.MessageContent.Name;
import org.securechat.protocol.content.MessageContent.Reaction;
import org.securechat.protocol.content.MessageContent.Text;
import org.securechat.protocol.conversation.ShownEntry.Cause;
import org.securechat.protocol.conversation.ShownEntry.MemberChange;
import org.securechat.protocol.conversation.TestLog.Person;
import org.securechat.protocol.conversation.VerifiedEntry.Reason;

class TimelineTest {
  private static final Instant NOW = TestLog.NOON.plusSeconds(30);

  private final Person alice = Person.of(10, "alice");
  private final Person bob = Person.of(20, "bob");
  private final Person carol = Person.of(30, "carol");
  private final TestLog log = TestLog.begin(alice, bob);

  private long send(Person sender, MessageContent content) {
    return log.send(sender, content, log.seen(), 0).id();
  }

  private static Text text(String body) {
    return new Text(body, Optional.empty());
  }

  /** What Bob is shown, with what an entry was exchanged for. */
  private Timeline timeline(Map<Long, ReceivedEntry> exchanged, Set<Long> withoutKey)
      throws Exception {
    Timeline timeline = new Timeline();
    Transcript transcript = log.reader(bob, new Contacts());
    for (ReceivedEntry entry : log.view(bob)) {
      VerifiedEntry verified = transcript.accept(exchanged.getOrDefault(entry.id(), entry));
      timeline.add(
          verified,
          Optional.of(log.key(entry.epoch())).filter(key -> !withoutKey.contains(entry.id())));
    }
    return timeline;
  }

  private List<ShownEntry> shown(long from) throws Exception {
    return timeline(Map.of(), Set.of()).show(from, Long.MAX_VALUE, NOW);
  }

  private ShownEntry.Message message(long id) throws Exception {
    return assertInstanceOf(
        ShownEntry.Message.class, timeline(Map.of(), Set.of()).show(id, id, NOW).get(0));
  }

  // S-1
  @Test
  void edits_ofItsAuthor_replaceTheText_andTheLastCounts() throws Exception {
    long id = send(alice, text("helo"));
    send(alice, new Edit(id, "hello"));
    long second = send(alice, new Edit(id, "hello!"));

    ShownEntry.Message shown = message(id);
    assertEquals(text("hello!"), shown.content());
    assertEquals(true, shown.edited());
    assertEquals(1, shown(id).size());

    log.delete(alice, second, log.seen());
    assertEquals(text("hello"), message(id).content());
  }

  @Test
  void edit_ofAnothersMessage_countsNotAndShows() throws Exception {
    long id = send(alice, text("mine"));
    long edit = send(bob, new Edit(id, "yours"));

    assertEquals(text("mine"), message(id).content());
    assertEquals(new ShownEntry.Invalid(edit, bob.id(), Reason.NOT_ALLOWED), shown(edit).get(0));
    long own = send(alice, new Edit(id, "mine alone"));
    assertEquals(List.of(own), timeline(Map.of(), Set.of()).editsOf(id));
  }

  @Test
  void edit_ofWhatIsNoTextOrWasNotSeen_countsNotAndShows() throws Exception {
    Seen old = log.seen();
    long id = send(alice, new Name("room"));
    long edit = send(alice, new Edit(id, "other"));
    assertEquals(new ShownEntry.Invalid(edit, alice.id(), Reason.NOT_ALLOWED), shown(edit).get(0));

    long text = send(alice, text("hello"));
    long ahead = log.send(alice, new Edit(text, "x"), old, 0).id();
    assertEquals(
        new ShownEntry.Invalid(ahead, alice.id(), Reason.NO_SUCH_MESSAGE), shown(ahead).get(0));
    long epoch = send(alice, new Reaction(1, "+"));
    assertEquals(
        new ShownEntry.Invalid(epoch, alice.id(), Reason.NO_SUCH_MESSAGE), shown(epoch).get(0));
  }

  // S-2, S-9
  @Test
  void reactions_areCountedOncePerPersonAndGoWithTheirDeletion() throws Exception {
    long id = send(alice, text("hello"));
    send(bob, new Reaction(id, "+"));
    send(bob, new Reaction(id, "+"));
    long minus = send(alice, new Reaction(id, "-"));
    assertEquals(Map.of("+", Set.of(bob.id()), "-", Set.of(alice.id())), message(id).reactions());

    log.delete(alice, minus, log.seen());
    assertEquals(Map.of("+", Set.of(bob.id())), message(id).reactions());
  }

  // S-3
  @Test
  void reply_toWhatIsNoMessage_isNoReply() throws Exception {
    long id = send(alice, text("hello"));
    assertEquals(Optional.of(id), message(send(bob, new Text("hi", Optional.of(id)))).replyTo());
    assertEquals(Optional.empty(), message(send(bob, new Text("hi", Optional.of(1L)))).replyTo());
    assertEquals(Optional.empty(), message(send(bob, new Text("hi", Optional.of(99L)))).replyTo());
  }

  // S-7
  @Test
  void deletedWithItsContentOrWithout_isDeleted() throws Exception {
    long id = send(alice, text("oops"));
    log.delete(alice, id, log.seen());
    Member author = alice.as(Role.ADMIN);

    assertEquals(List.of(new ShownEntry.Gone(id, author, Cause.DELETED)), shown(id));
    assertEquals(
        List.of(new ShownEntry.Gone(id, author, Cause.DELETED)),
        timeline(Map.of(id, erased(id)), Set.of()).show(id, id, NOW));
  }

  private ReceivedEntry erased(long id) {
    ReceivedEntry.Message entry = (ReceivedEntry.Message) log.entries.get((int) id - 1);
    return new Changed(entry).ciphertext(Optional.empty()).entry();
  }

  // S-8
  @Test
  void contentMissingWithoutReason_isWithheld() throws Exception {
    long never = send(alice, text("for ever"));
    long later = log.send(alice, text("for a minute"), log.seen(), 60).id();
    Member author = alice.as(Role.ADMIN);
    Timeline timeline = timeline(Map.of(never, erased(never), later, erased(later)), Set.of());

    assertEquals(
        List.of(
            new ShownEntry.Gone(never, author, Cause.WITHHELD),
            new ShownEntry.Gone(later, author, Cause.WITHHELD)),
        timeline.show(never, later, NOW));
    assertEquals(
        List.of(new ShownEntry.Gone(later, author, Cause.EXPIRED)),
        timeline.show(later, later, TestLog.NOON.plusSeconds(60)));
  }

  // S-6
  @Test
  void expired_isHiddenWhateverTheServerGives() throws Exception {
    long id = log.send(alice, text("soon"), log.seen(), 30).id();
    Timeline timeline = timeline(Map.of(), Set.of());

    assertInstanceOf(ShownEntry.Message.class, timeline.show(id, id, NOW.minusMillis(1)).get(0));
    assertEquals(
        List.of(new ShownEntry.Gone(id, alice.as(Role.ADMIN), Cause.EXPIRED)),
        timeline.show(id, id, NOW));
  }

  // S-10
  @Test
  void withoutTheKey_isLocked() throws Exception {
    long id = send(alice, text("secret"));

    assertEquals(
        List.of(new ShownEntry.Locked(id, alice.as(Role.ADMIN), 1)),
        timeline(Map.of(), Set.of(id)).show(id, id, NOW));
  }

  // S-5
  @Test
  void name_isTheLastOne() throws Exception {
    assertEquals(Optional.empty(), timeline(Map.of(), Set.of()).name(NOW));
    send(alice, new Name("one"));
    long two = send(bob, new Name("two"));
    assertEquals(Optional.of("two"), timeline(Map.of(), Set.of()).name(NOW));
    log.delete(bob, two, log.seen());
    assertEquals(Optional.of("one"), timeline(Map.of(), Set.of()).name(NOW));
  }

  // S-11
  @Test
  void epochs_tellWhatBecameOfTheMembers() throws Exception {
    long added = log.add(alice, carol, Role.MEMBER).id();
    long raised =
        log.advance(
                alice,
                List.of(alice.as(Role.ADMIN), bob.as(Role.ADMIN), carol.as(Role.MEMBER)),
                log.seen())
            .id();
    long gone = log.remove(bob, carol).id();
    long renewed = log.advance(bob, log.members(), log.seen()).id();

    assertEquals(
        List.of(new MemberChange(MemberChange.Kind.ADDED, carol.as(Role.MEMBER))), changes(added));
    assertEquals(
        List.of(new MemberChange(MemberChange.Kind.MADE_ADMIN, bob.as(Role.ADMIN))),
        changes(raised));
    assertEquals(
        List.of(new MemberChange(MemberChange.Kind.GONE, carol.as(Role.MEMBER))), changes(gone));
    assertEquals(List.of(), changes(renewed));
  }

  private List<MemberChange> changes(long id) throws Exception {
    return assertInstanceOf(ShownEntry.Epoch.class, shown(id).get(0)).changes();
  }
}
