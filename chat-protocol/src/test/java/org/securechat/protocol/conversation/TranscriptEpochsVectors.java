package org.securechat.protocol.conversation;

import static org.securechat.protocol.conversation.StatementVectors.drawn;
import static org.securechat.protocol.vectors.Drawn.draw;
import static org.securechat.protocol.vectors.Drawn.source;
import static org.securechat.protocol.vectors.VectorFile.with;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.conversation.TestLog.Person;
import org.securechat.protocol.vectors.Json;
import org.securechat.protocol.vectors.UnsoundKeys;
import org.securechat.protocol.vectors.VectorFile;
import org.securechat.protocol.vectors.VectorFormat;

/** Logs whose epochs go on as they may, or do not, and whose members are other people. */
public final class TranscriptEpochsVectors implements VectorFormat {
  private static final Person ALICE = drawn(10, "alice");
  private static final Person BOB = drawn(20, "bob");
  private static final Person CAROL = drawn(30, "carol");
  private static final Person MALLORY = drawn(40, "mallory");

  private LogVectors logs = new LogVectors();

  @Override
  public String fileName() {
    return "transcript-epochs.json";
  }

  @Override
  public VectorFile make() throws Exception {
    logs = new LogVectors();
    honest();
    lieAboutEpochs();
    lieAboutIdentities();
    return logs.file("logs: epochs and identities");
  }

  /** A log with all that is drawn for it alone. */
  private static TestLog log(String name) {
    return TestLog.begin(source("log: " + name), ALICE, BOB);
  }

  private void honest() throws Exception {
    TestLog epochs = log("epochs");
    epochs.advance(BOB, epochs.members(), epochs.seen());
    Seen before = epochs.seen();
    epochs.say(ALICE, "x");
    epochs.add(ALICE, CAROL, Role.ADMIN);
    epochs.remove(BOB, ALICE);
    epochs.advance(CAROL, epochs.members(), before);
    logs.accepted("the key renewed, one added, one gone, renewed by one who lags", epochs, BOB);

    TestLog behind = log("behind the viewer's history");
    Seen beginning = behind.seen();
    behind.say(ALICE, "x");
    behind.add(ALICE, CAROL, Role.MEMBER);
    behind.advance(BOB, behind.members(), beginning);
    // T-7
    logs.accepted("an epoch by one who lags behind the viewer's history", behind, CAROL);

    TestLog rejoined = log("added again");
    rejoined.add(ALICE, CAROL, Role.MEMBER);
    rejoined.remove(ALICE, CAROL);
    rejoined.add(ALICE, CAROL, Role.MEMBER);
    rejoined.say(CAROL, "back");
    logs.accepted("a member added again begins there", rejoined, CAROL);
  }

  private void lieAboutEpochs() {
    // E-7, E-9, E-10, E-13, T-5, T-6, T-12
    forged(
        "a ghost member, in a member's name",
        BOB,
        List.of(ALICE.as(Role.ADMIN), BOB.as(Role.MEMBER), MALLORY.as(Role.MEMBER)));
    forged("a member raises itself", BOB, List.of(ALICE.as(Role.ADMIN), BOB.as(Role.ADMIN)));
    forged(
        "an epoch of a stranger",
        MALLORY,
        List.of(ALICE.as(Role.ADMIN), BOB.as(Role.MEMBER), MALLORY.as(Role.ADMIN)));
    forged(
        "a member's key exchanged",
        ALICE,
        List.of(
            ALICE.as(Role.ADMIN),
            new Person(BOB.id(), BOB.name(), MALLORY.identity()).as(Role.MEMBER)));
    UnsoundKeys.all().entrySet().stream()
        .limit(2)
        .forEach(key ->
            forged(
                "a new member's key is unsound: " + key.getKey(),
                ALICE,
                List.of(
                    ALICE.as(Role.ADMIN),
                    BOB.as(Role.MEMBER),
                    new Member(
                        CAROL.id(),
                        Role.MEMBER,
                        IdentityKey.copyOf(key.getValue()),
                        CAROL.name()))));

    String rules = "epoch_against_the_rules";
    TestLog log = log("epochs forged");
    ReceivedEntry.Epoch first = (ReceivedEntry.Epoch) log.entries.get(0);
    ReceivedEntry.Epoch good = log.advance(ALICE, log.members(), log.seen());
    logs.lie(
        "signed by another",
        log,
        BOB,
        rules,
        2,
        epoch(
            good,
            good.sender(),
            2,
            good.statement(),
            BOB.identity().signStatement(log.statement())));
    logs.lie(
        "a statement out of form",
        log,
        BOB,
        rules,
        2,
        epoch(good, good.sender(), 2, good.statement() + "\n", good.signature()));
    logs.lie(
        "the entry says another epoch",
        log,
        BOB,
        rules,
        2,
        epoch(good, good.sender(), 3, good.statement(), good.signature()));
    logs.lie(
        "the entry says another sender",
        log,
        BOB,
        rules,
        2,
        epoch(good, BOB.id(), 2, good.statement(), good.signature()));
    logs.lie(
        "the first epoch again",
        log,
        BOB,
        rules,
        2,
        epoch(good, ALICE.id(), 1, first.statement(), first.signature()));
    logs.lie(
        "an epoch again",
        log,
        BOB,
        rules,
        3,
        List.of(
            first,
            good,
            new ReceivedEntry.Epoch(
                3, ALICE.id(), 2, good.createdAt(), good.statement(), good.signature())));

    TestLog left = log("epoch left out");
    left.advance(ALICE, left.members(), left.seen());
    left.advance(ALICE, left.members(), left.seen(1));
    ReceivedEntry.Epoch third = (ReceivedEntry.Epoch) left.entries.get(2);
    logs.lie(
        "an epoch left out",
        left,
        BOB,
        rules,
        2,
        List.of(
            left.entries.get(0),
            new ReceivedEntry.Epoch(
                2, third.sender(), 3, third.createdAt(), third.statement(), third.signature())));
    TestLog fork = log("epoch left out");
    fork.advance(ALICE, fork.members(), new Seen(1, Sha256.copyOf(draw("fork"))));
    logs.lie("an epoch that saw another history", fork, BOB, "histories_differ", 2, fork.view(BOB));
    TestLog ahead = log("epoch left out");
    ahead.advance(ALICE, ahead.members(), new Seen(2, Sha256.copyOf(draw("fork"))));
    logs.lie("an epoch that has seen itself", ahead, BOB, "seen_ahead", 2, ahead.view(BOB));
    lieAboutBeginnings(log, good);
  }

  private void lieAboutBeginnings(TestLog log, ReceivedEntry.Epoch second) {
    // E-12, T-18
    String rules = "epoch_against_the_rules";
    ReceivedEntry.Epoch first = (ReceivedEntry.Epoch) log.entries.get(0);
    Member bob = BOB.as(Role.MEMBER);
    begins(
        "a later epoch said to be entry 1",
        bob,
        epoch(first, ALICE.id(), 2, second.statement(), second.signature()),
        rules,
        1);
    begins(
        "epoch 1 said to be a later entry",
        bob,
        epoch(second, ALICE.id(), 1, first.statement(), first.signature()),
        rules,
        2);
    begins("a first epoch without the viewer", CAROL.as(Role.MEMBER), first, rules, 1);
    begins(
        "a first epoch signed by another",
        bob,
        epoch(first, ALICE.id(), 1, first.statement(), second.signature()),
        rules,
        1);
    EpochStatement byMember =
        EpochStatement.of(
            log.group,
            2,
            Sha256.copyOf(draw("previous")),
            Sha256.copyOf(draw("key")),
            log.seen(1),
            BOB.id(),
            List.of(ALICE.as(Role.ADMIN), bob, CAROL.as(Role.MEMBER)));
    begins(
        "added by one who is no admin",
        CAROL.as(Role.MEMBER),
        epoch(second, BOB.id(), 2, byMember.text(), BOB.identity().signStatement(byMember)),
        rules,
        2);
    begins("a first epoch that has seen itself", bob, aheadOfItself(log), rules, 2);
    logs.lie(
        LogVectors.given(
            "another statement than the first epoch's", bob, first, List.of(otherFirst(first))),
        "other_beginning",
        1);
  }

  private static ReceivedEntry.Epoch aheadOfItself(TestLog log) {
    EpochStatement ahead =
        EpochStatement.of(
            log.group,
            2,
            Sha256.copyOf(draw("previous")),
            Sha256.copyOf(draw("key")),
            new Seen(2, Sha256.copyOf(draw("seen"))),
            ALICE.id(),
            List.of(ALICE.as(Role.ADMIN), BOB.as(Role.MEMBER)));
    return new ReceivedEntry.Epoch(
        2, ALICE.id(), 2, TestLog.NOON, ahead.text(), ALICE.identity().signStatement(ahead));
  }

  private static ReceivedEntry.Epoch otherFirst(ReceivedEntry.Epoch first) {
    return epoch(
        first,
        first.sender(),
        1,
        log("another beginning").statement().text(),
        ALICE.identity().signStatement(log("another beginning").statement()));
  }

  private void begins(
      String name, Member viewer, ReceivedEntry.Epoch first, String failure, long entry) {
    logs.lie(LogVectors.given(name, viewer, first, List.of()), failure, entry);
  }

  private static ReceivedEntry.Epoch epoch(
      ReceivedEntry.Epoch entry, UserId sender, long epoch, String statement, Signature signature) {
    return new ReceivedEntry.Epoch(
        entry.id(), sender, epoch, entry.createdAt(), statement, signature);
  }

  private void forged(String name, Person author, List<Member> members) {
    TestLog log = log("forged: " + name);
    List<Member> sorted = new ArrayList<>(members);
    sorted.sort(Comparator.comparingLong(member -> member.user().value()));
    log.advance(author, sorted, log.seen());
    logs.lie(name, log, BOB, "epoch_against_the_rules", 2, log.entries);
  }

  private void lieAboutIdentities() {
    // K-14
    TestLog log = log("identities");
    ReceivedEntry.Epoch first = (ReceivedEntry.Epoch) log.entries.get(0);
    Member alice = ALICE.as(Role.ADMIN);
    changed(
        "a pinned key is another",
        first,
        BOB.as(Role.MEMBER),
        new Member(alice.user(), Role.MEMBER, MALLORY.as(Role.MEMBER).key(), alice.name()));
    changed(
        "a pinned name is another",
        first,
        BOB.as(Role.MEMBER),
        new Member(alice.user(), Role.MEMBER, alice.key(), new Username("alicia")));
    changed(
        "a pinned name is written otherwise",
        first,
        BOB.as(Role.MEMBER),
        new Member(alice.user(), Role.MEMBER, alice.key(), new Username("Alice")));
    changed(
        "a pinned key is another's, too",
        first,
        BOB.as(Role.MEMBER),
        new Member(MALLORY.id(), Role.MEMBER, alice.key(), MALLORY.name()));
    changed(
        "a pinned name is another's, too, ignoring case",
        first,
        BOB.as(Role.MEMBER),
        new Member(
            MALLORY.id(), Role.MEMBER, MALLORY.as(Role.MEMBER).key(), new Username("ALICE")));
    changed(
        "the viewer's own key is another",
        first,
        new Member(BOB.id(), Role.MEMBER, MALLORY.as(Role.MEMBER).key(), BOB.name()));
    changed(
        "the viewer's own name is another",
        first,
        new Member(BOB.id(), Role.MEMBER, BOB.as(Role.MEMBER).key(), new Username("robert")));
    replaced(
        "another member has the viewer's name, ignoring case",
        new Member(MALLORY.id(), Role.MEMBER, MALLORY.identity().publicKey(), new Username("BOB")));
    replaced(
        "another member has the viewer's key",
        new Member(MALLORY.id(), Role.MEMBER, BOB.identity().publicKey(), MALLORY.name()));
    TestLog twin = log("twin");
    List<Member> members = twin.members();
    members.add(
        new Member(CAROL.id(), Role.MEMBER, CAROL.as(Role.MEMBER).key(), new Username("Robert")));
    twin.advance(ALICE, members, twin.seen());
    ReceivedEntry.Epoch added = (ReceivedEntry.Epoch) twin.entries.get(1);
    logs.identityChanged(
        with(
            LogVectors.given(
                "a new member has a pinned person's name",
                BOB.as(Role.MEMBER),
                (ReceivedEntry.Epoch) twin.entries.get(0),
                List.of(twin.entries.get(0), added)),
            "pinned",
            List.of(
                WireJson.of(
                    new Member(
                        MALLORY.id(),
                        Role.MEMBER,
                        MALLORY.as(Role.MEMBER).key(),
                        new Username("robert"))))));
  }

  /** Whom an admin puts in the place of the viewer. */
  private void replaced(String name, Member other) {
    TestLog log = log("replaced: " + name);
    log.advance(ALICE, List.of(ALICE.as(Role.ADMIN), other), log.seen());
    logs.identityChanged(
        LogVectors.given(
            name, BOB.as(Role.MEMBER), (ReceivedEntry.Epoch) log.entries.get(0), log.entries));
  }

  private void changed(String name, ReceivedEntry.Epoch first, Member viewer, Member... pinned) {
    Map<String, Object> given = LogVectors.given(name, viewer, first, List.of());
    logs.identityChanged(
        pinned.length == 0 ? given : with(given, "pinned", List.of(WireJson.of(pinned[0]))));
  }

  @Override
  public Map<String, Object> outcome(Json vector) throws Exception {
    return LogVectors.read(vector);
  }
}
