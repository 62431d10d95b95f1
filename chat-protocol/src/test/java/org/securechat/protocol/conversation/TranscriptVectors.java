package org.securechat.protocol.conversation;

import static org.securechat.protocol.conversation.StatementVectors.drawn;
import static org.securechat.protocol.vectors.Drawn.draw;
import static org.securechat.protocol.vectors.Drawn.flipped;
import static org.securechat.protocol.vectors.Drawn.hex;
import static org.securechat.protocol.vectors.Drawn.source;
import static org.securechat.protocol.vectors.VectorFile.object;
import static org.securechat.protocol.vectors.VectorFile.with;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.EntryKind;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.TestLog.Person;
import org.securechat.protocol.vectors.Json;
import org.securechat.protocol.vectors.VectorFile;
import org.securechat.protocol.vectors.VectorFormat;

/** Logs: honest ones, of dishonest members, and each lie of a server. */
public final class TranscriptVectors implements VectorFormat {
  private static final Person ALICE = drawn(10, "alice");
  private static final Person BOB = drawn(20, "bob");
  private static final Person CAROL = drawn(30, "carol");
  private static final Person MALLORY = drawn(40, "mallory");
  private static final ClientId OTHER_CLIENT = new ClientId("00000000-0000-4000-8000-000000000000");

  private LogVectors logs = new LogVectors();

  @Override
  public String fileName() {
    return "transcript.json";
  }

  @Override
  public VectorFile make() throws Exception {
    logs = new LogVectors();
    honest();
    dishonestMembers();
    lieAboutOrder();
    lieAboutFields();
    lieAboutStubs();
    return logs.file("logs: entries");
  }

  /** A log with all that is drawn for it alone. */
  private static TestLog log(String name) {
    return TestLog.begin(source("log: " + name), ALICE, BOB);
  }

  private static MessageContent text(String body) {
    return new MessageContent.Text(body, Optional.empty());
  }

  private void honest() throws Exception {
    // T-1, T-2, T-4, T-16, T-17, M-14, M-15
    TestLog whole = log("two people");
    whole.say(ALICE, "hello");
    whole.say(BOB, "hi");
    whole.delete(ALICE, 2, whole.seen());
    logs.acceptedWhole("two people", whole, BOB, whole.view(BOB));

    TestLog lag = log("lagging");
    Seen old = lag.seen();
    lag.say(ALICE, "one");
    lag.send(BOB, text("two"), old, 60);
    lag.send(ALICE, text("three"), old, 0);
    logs.accepted("members lag behind each other", lag, BOB);

    TestLog added = log("added");
    added.say(ALICE, "before");
    Seen attested = added.seen();
    added.say(BOB, "between");
    added.delete(BOB, 3, added.seen());
    List<Member> members = added.members();
    members.add(CAROL.as(Role.MEMBER));
    added.advance(ALICE, members, attested);
    added.meet(CAROL);
    added.say(CAROL, "after");
    logs.accepted("a member added later runs over stubs", added, CAROL);

    TestLog earlier = log("about what was before");
    earlier.say(BOB, "before");
    earlier.add(ALICE, CAROL, Role.MEMBER);
    earlier.delete(BOB, 2, earlier.seen());
    logs.accepted("a deletion of what was before a member's history is taken", earlier, CAROL);

    TestLog both = log("both kinds of deletion");
    both.say(BOB, "one");
    both.say(BOB, "two");
    both.delete(BOB, 2, both.seen());
    both.delete(ALICE, 3, both.seen());
    logs.accepted("deletions by the author and by an admin", both, BOB);
  }

  private void dishonestMembers() throws Exception {
    // T-8, T-13, M-9, M-14
    TestLog forged = log("bad signature");
    ReceivedEntry.Message good = forged.say(ALICE, "hello");
    forged.append(
        new Changed(good).id(3).client(OTHER_CLIENT).ciphertext(Optional.empty()).entry());
    forged.say(BOB, "go on");
    logs.accepted("a bad signature", forged, BOB);

    TestLog stranger = log("stranger");
    ReceivedEntry.Message own = stranger.say(ALICE, "hello");
    stranger.append(new Changed(own).id(3).sender(MALLORY.id()).client(OTHER_CLIENT).entry());
    logs.accepted("a sender outside the epoch", stranger, BOB);

    TestLog removed = log("removed");
    removed.add(ALICE, CAROL, Role.MEMBER);
    removed.remove(ALICE, CAROL);
    removed.send(ALICE, text("x"), removed.seen(), 0);
    ReceivedEntry.Message last = (ReceivedEntry.Message) removed.entries.get(3);
    removed.append(
        new Changed(last).id(5).sender(CAROL.id()).client(OTHER_CLIENT).signedBy(removed, CAROL));
    logs.accepted("a sender who was removed", removed, BOB);

    TestLog early = log("seen before its epoch");
    Seen old = early.seen();
    early.advance(ALICE, early.members(), early.seen());
    early.send(BOB, text("late"), old, 0);
    early.say(ALICE, "go on");
    logs.accepted("a message that has not seen its epoch", early, BOB);

    TestLog deletions = log("deletions");
    Seen first = deletions.seen();
    deletions.say(ALICE, "mine");
    deletions.delete(BOB, 2, deletions.seen());
    deletions.delete(ALICE, 1, deletions.seen());
    deletions.delete(ALICE, 2, first);
    deletions.append(deletions.deletion(MALLORY, 2, deletions.seen()));
    ReceivedEntry.Deletion stolen = deletions.deletion(ALICE, 2, deletions.seen());
    deletions.append(
        new ReceivedEntry.Deletion(
            stolen.id(),
            BOB.id(),
            stolen.epoch(),
            stolen.createdAt(),
            stolen.message(),
            stolen.seen(),
            stolen.signature()));
    logs.accepted(
        "deletions: not allowed, of no message, not seen, by nobody, with another's signature",
        deletions,
        BOB);
  }

  private void lieAboutOrder() {
    // T-3, T-5, T-6, T-9, T-10
    TestLog log = log("order");
    Seen start = log.seen();
    ReceivedEntry.Message two = log.send(ALICE, text("two"), start, 0);
    ReceivedEntry.Message three = log.send(BOB, text("three"), start, 0);
    ReceivedEntry.Message four = log.say(ALICE, "four");
    List<ReceivedEntry> all = log.view(BOB);
    logs.lie("the first entry left out", log, BOB, "gap", 2, all.subList(1, 2));
    logs.lie("an entry left out", log, BOB, "gap", 3, List.of(all.get(0), three));
    logs.lie("an entry twice", log, BOB, "gap", 2, List.of(all.get(0), two, two));
    logs.lie(
        "an entry left out and the rest numbered anew",
        log,
        BOB,
        "seen_ahead",
        3,
        List.of(all.get(0), new Changed(three).id(2).entry(), new Changed(four).id(3).entry()));
    logs.lie(
        "an entry put before what it has seen",
        log,
        BOB,
        "seen_ahead",
        2,
        List.of(all.get(0), new Changed(four).id(2).entry()));
    logs.lie(
        "two entries swapped",
        log,
        BOB,
        "histories_differ",
        4,
        List.of(
            all.get(0), new Changed(three).id(2).entry(), new Changed(two).id(3).entry(), four));
    logs.lie(
        "a message twice, with a number of its own",
        log,
        BOB,
        "repeated",
        3,
        List.of(all.get(0), two, new Changed(two).id(3).entry()));
    logs.lie(
        "an invented entry between",
        log,
        BOB,
        "histories_differ",
        4,
        List.of(all.get(0), two, new Changed(three).client(OTHER_CLIENT).entry(), four));

    TestLog twice = log("invalid twice");
    Seen early = twice.seen();
    twice.advance(ALICE, twice.members(), twice.seen());
    ReceivedEntry.Message late = twice.send(BOB, text("late"), early, 0);
    List<ReceivedEntry> doubled = new ArrayList<>(twice.view(BOB));
    doubled.add(new Changed(late).id(4).entry());
    logs.lie(
        "an invalid message twice, with a number of its own", twice, BOB, "repeated", 4, doubled);

    TestLog renewed = log("moved to a later epoch");
    ReceivedEntry.Message old = renewed.say(ALICE, "old");
    renewed.advance(ALICE, renewed.members(), renewed.seen());
    List<ReceivedEntry> shown = new ArrayList<>(renewed.view(BOB));
    shown.add(new Changed(old).id(4).client(OTHER_CLIENT).entry());
    logs.lie("a message of an epoch that is over", renewed, BOB, "other_epoch", 4, shown);
    logs.lie(
        "a message of an epoch that has not begun",
        renewed,
        BOB,
        "other_epoch",
        2,
        new Changed(old).epoch(2).entry());
    ReceivedEntry.Deletion deletion = renewed.deletion(ALICE, 2, renewed.seen());
    List<ReceivedEntry> moved = new ArrayList<>(renewed.view(BOB));
    moved.add(
        new ReceivedEntry.Deletion(
            4, ALICE.id(), 1, deletion.createdAt(), 2, deletion.seen(), deletion.signature()));
    logs.lie("a deletion said to be of an earlier epoch", renewed, BOB, "other_epoch", 4, moved);

    TestLog other = log("another group");
    ReceivedEntry.Message foreign = other.say(ALICE, "elsewhere");
    logs.lie(
        LogVectors.given(
            "a member's claim about another history",
            log,
            BOB,
            List.of(all.get(0), claims(log, foreign.seen()))),
        "histories_differ",
        2);
    TestLog deleting = log("deletion that saw another history");
    deleting.say(ALICE, "x");
    logs.lie(
        "a deletion that saw another history",
        deleting,
        BOB,
        "histories_differ",
        3,
        List.of(
            deleting.entries.get(0),
            deleting.entries.get(1),
            deleting.deletion(ALICE, 2, other.seen(2))));
    logs.lie(
        "a deletion that has seen itself",
        deleting,
        BOB,
        "seen_ahead",
        3,
        List.of(
            deleting.entries.get(0),
            deleting.entries.get(1),
            deleting.deletion(ALICE, 2, new Seen(3, other.seen().hash()))));
  }

  private static ReceivedEntry claims(TestLog log, Seen seen) {
    return TestLog.received(
        log.key()
            .seal(
                log.header(ALICE, text("x"), seen, 0),
                text("x"),
                ALICE.identity(),
                source("claim")),
        2);
  }

  private void lieAboutFields() {
    // M-1, M-8, T-5, T-11
    TestLog log = log("fields");
    ReceivedEntry.Message m = log.send(ALICE, text("two"), log.seen(), 60);
    log.say(BOB, "three");
    String differ = "histories_differ";
    logs.lie("another sender", log, BOB, differ, 3, new Changed(m).sender(BOB.id()).entry());
    logs.lie("another client id", log, BOB, differ, 3, new Changed(m).client(OTHER_CLIENT).entry());
    logs.lie(
        "back-dated", log, BOB, differ, 3, new Changed(m).sentAt(m.sentAtMillis() - 1).entry());
    logs.lie("expires later", log, BOB, differ, 3, new Changed(m).expires(61).entry());
    logs.lie("never expires", log, BOB, differ, 3, new Changed(m).expires(0).entry());
    logs.lie(
        "a file added",
        log,
        BOB,
        differ,
        3,
        new Changed(m).files(List.of(m.contentHash())).entry());
    logs.lie(
        "another content hash",
        log,
        BOB,
        differ,
        3,
        new Changed(m).contentHash(Sha256.copyOf(draw("x"))).entry());
    logs.lie(
        "another seen",
        log,
        BOB,
        differ,
        3,
        new Changed(m).seen(new Seen(0, m.contentHash())).entry());
    logs.lie(
        "a bit of the signature",
        log,
        BOB,
        differ,
        3,
        new Changed(m)
            .signature(Signature.copyOf(flipped(m.signature().toByteArray(), 0)))
            .entry());
    TestLog contents = log("contents");
    ReceivedEntry.Message one = contents.say(ALICE, "one");
    ReceivedEntry.Message two = contents.say(ALICE, "two");
    logs.lie(
        LogVectors.given(
            "the content of another message",
            contents,
            BOB,
            List.of(
                contents.entries.get(0), new Changed(one).ciphertext(two.ciphertext()).entry())),
        "content_changed",
        2);
    Ciphertext sealed = one.ciphertext().orElseThrow();
    logs.lie(
        LogVectors.given(
            "another nonce",
            contents,
            BOB,
            List.of(
                contents.entries.get(0),
                new Changed(one)
                    .ciphertext(
                        Optional.of(
                            Ciphertext.copyOf(flipped(sealed.nonce(), 0), sealed.content())))
                    .entry())),
        "content_changed",
        2);
    logs.lie(
        with(
            LogVectors.given(
                "an own message that is not as it was sent",
                log,
                BOB,
                LogVectors.erased(log.view(BOB))),
            "sent",
            List.of(object("id", 2, "signature", hex(flipped(m.signature().toByteArray(), 0))))),
        "own_entry_changed",
        2);
  }

  private void lieAboutStubs() {
    // T-17, T-18, T-19
    TestLog log = log("stubs");
    log.say(ALICE, "two");
    Seen attested = log.seen();
    log.say(BOB, "three");
    log.advance(BOB, log.members(), log.seen());
    List<Member> members = log.members();
    members.add(CAROL.as(Role.MEMBER));
    log.advance(ALICE, members, attested);
    log.meet(CAROL);
    log.send(ALICE, text("six"), log.seen(), 0);
    ReceivedEntry.Stub stub = log.stub(log.entries.get(2));
    String differ = "histories_differ";
    logs.lie(
        "a stub with another sender",
        log,
        CAROL,
        differ,
        6,
        stub(stub, ALICE.id(), 1, stub.kind(), stub.body()));
    logs.lie(
        "a stub of another text",
        log,
        CAROL,
        differ,
        6,
        stub(stub, BOB.id(), 1, stub.kind(), Sha256.copyOf(draw("x"))));
    logs.lie(
        "a stub of another kind",
        log,
        CAROL,
        differ,
        6,
        stub(stub, BOB.id(), 1, EntryKind.DELETION, stub.body()));
    logs.lie(
        "a stub of a later epoch",
        log,
        CAROL,
        "other_epoch",
        4,
        stub(stub, BOB.id(), 2, stub.kind(), stub.body()));
    logs.lie("a stub left out", log, CAROL, "gap", 4, log.view(CAROL).subList(1, 3));
    ReceivedEntry.Stub epoch = log.stub(log.entries.get(3));
    logs.lie(
        "an epoch's stub that keeps the number",
        log,
        CAROL,
        "other_epoch",
        4,
        stub(epoch, BOB.id(), 1, epoch.kind(), epoch.body()));
    logs.lie(
        "a message's stub that raises the number",
        log,
        CAROL,
        "other_epoch",
        4,
        stub(epoch, BOB.id(), 2, EntryKind.MESSAGE, epoch.body()));
    logs.lie(
        "stubs that do not lead to the first epoch",
        log,
        CAROL,
        "other_beginning",
        5,
        List.of(
            stub(stub, BOB.id(), 7, stub.kind(), stub.body()),
            stub(log.stub(log.entries.get(3)), BOB.id(), 8, EntryKind.EPOCH, epoch.body()),
            log.entries.get(4)));
    logs.lie(
        "a stub where the first epoch stands",
        log,
        CAROL,
        "other_beginning",
        5,
        log.stub(log.entries.get(4)));
    logs.lie(
        "a message where the first epoch stands",
        log,
        CAROL,
        "other_beginning",
        5,
        new Changed((ReceivedEntry.Message) log.entries.get(5)).id(5).entry());
    logs.lie(
        "a stub of what a member may read",
        log,
        CAROL,
        "hidden_from_member",
        6,
        log.stub(log.entries.get(5)));
  }

  private static ReceivedEntry.Stub stub(
      ReceivedEntry.Stub stub, UserId sender, long epoch, EntryKind kind, Sha256 body) {
    return new ReceivedEntry.Stub(
        stub.id(), sender, epoch, stub.createdAt(), kind, body, stub.signature());
  }

  @Override
  public Map<String, Object> outcome(Json vector) throws Exception {
    return LogVectors.read(vector);
  }
}
