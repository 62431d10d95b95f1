package org.securechat.protocol.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.EntryKind;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.MessageText;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.content.MessageContent.Text;
import org.securechat.protocol.conversation.ServerFault.Kind;
import org.securechat.protocol.conversation.TestLog.Person;
import org.securechat.protocol.conversation.VerifiedEntry.Reason;
import org.securechat.protocol.vectors.UnsoundKeys;

/** What a transcript makes of honest logs, of dishonest members and of dishonest servers. */
class TranscriptTest {
  private final Person alice = Person.of(10, "alice");
  private final Person bob = Person.of(20, "bob");
  private final Person carol = Person.of(30, "carol");
  private final TestLog log = TestLog.begin(alice, bob);

  private static MessageContent text(String body) {
    return new Text(body, Optional.empty());
  }

  /** Which lie is seen when the log is read with one entry exchanged. */
  private Kind lieSeenBy(Person reader, List<ReceivedEntry> shown) {
    ServerFaultException e =
        assertThrows(
            ServerFaultException.class,
            () -> {
              Transcript transcript = log.reader(reader, new Contacts());
              for (ReceivedEntry entry : shown) {
                transcript.accept(entry);
              }
            });
    return e.fault().kind();
  }

  private Kind lieSeenBy(Person reader, ReceivedEntry exchanged) {
    List<ReceivedEntry> shown = new ArrayList<>(log.view(reader));
    shown.replaceAll(entry -> entry.id() == exchanged.id() ? exchanged : entry);
    return lieSeenBy(reader, shown);
  }

  private VerifiedEntry last(Person reader) throws Exception {
    Transcript transcript = log.reader(reader, new Contacts());
    List<VerifiedEntry> verified = new ArrayList<>();
    for (ReceivedEntry entry : log.view(reader)) {
      verified.add(transcript.accept(entry));
    }
    return verified.get(verified.size() - 1);
  }

  private Reason invalid(Person reader) throws Exception {
    return assertInstanceOf(VerifiedEntry.Invalid.class, last(reader)).reason();
  }

  // M-9, E-14
  @Test
  void accept_message_givesItsContentToTheKeyOfItsEpoch() throws Exception {
    log.say(alice, "hello");

    VerifiedMessage message = assertInstanceOf(VerifiedMessage.class, last(bob));

    assertEquals(alice.as(Role.ADMIN), message.sender());
    assertEquals(Optional.of(text("hello")), message.open(log.key()));
    assertEquals(log.seen(), log.read(bob).seen());
  }

  @Test
  void open_keyOfAnotherEpoch_isACallersMistake() throws Exception {
    log.say(alice, "hello");
    VerifiedMessage message = assertInstanceOf(VerifiedMessage.class, last(bob));
    log.advance(alice, log.members(), log.seen());

    assertThrows(IllegalArgumentException.class, () -> message.open(log.key()));
  }

  // T-16
  @Test
  void accept_newMember_startsAtWhatTheAuthorAttestedAndRunsOverStubs() throws Exception {
    log.say(alice, "before");
    Seen attested = log.seen();
    log.say(bob, "between");
    log.delete(alice, 2, log.seen());
    log.add(alice, carol, Role.MEMBER);
    log.say(bob, "after");
    assertEquals(log.seen(), log.read(carol).seen());

    TestLog other = TestLog.begin(alice, bob);
    other.say(alice, "one");
    Seen early = other.seen(1);
    other.say(bob, "two");
    List<Member> members = other.members();
    members.add(carol.as(Role.MEMBER));
    other.advance(alice, members, early);
    other.say(carol, "three");
    assertEquals(4, other.view(carol).size());
    assertEquals(other.seen(), other.read(carol).seen());
    assertEquals(2, attested.entry());
  }

  // T-4
  @Test
  void accept_laggingSeen_isFine() throws Exception {
    Seen old = log.seen();
    log.say(alice, "one");
    log.say(bob, "two");
    log.send(alice, text("three"), old, 0);

    assertInstanceOf(VerifiedMessage.class, last(bob));
  }

  // E-10, E-11
  @Test
  void accept_epochOfALeaverLess_byAnyMemberIsFine() throws Exception {
    log.add(alice, carol, Role.MEMBER);
    log.remove(bob, carol);

    assertInstanceOf(VerifiedEntry.Epoch.class, last(bob));
  }

  // ---- dishonest members: the entry is invalid, and nobody blames the server

  // M-9, T-13
  @Test
  void accept_badSignature_isInvalidAndStaysInTheChain() throws Exception {
    ReceivedEntry.Message good = log.say(alice, "hello");
    log.append(signedBy(bob, good));

    assertEquals(Reason.BAD_SIGNATURE, invalid(bob));
    log.say(alice, "go on");
    assertInstanceOf(VerifiedMessage.class, last(bob));
  }

  /** The same in the name of its sender, signed by another. */
  private ReceivedEntry.Message signedBy(Person forger, ReceivedEntry.Message good) {
    return new Changed(good)
        .id(log.last() + 1)
        .client(new ClientId("00000000-0000-4000-8000-000000000000"))
        .signature(forger.identity().signMessage(header(good), good.contentHash()))
        .entry();
  }

  // M-9
  @Test
  void accept_senderOutsideTheEpoch_isInvalid() throws Exception {
    TestLog.Person stranger = Person.of(99, "mallory");
    ReceivedEntry.Message good = log.say(alice, "hello");
    log.append(
        new ReceivedEntry.Deletion(
            log.last() + 1,
            stranger.id(),
            1,
            TestLog.NOON,
            good.id(),
            log.seen(),
            good.signature()));

    assertEquals(Reason.NO_MEMBER, invalid(bob));
  }

  // T-8
  @Test
  void accept_seenBeforeItsEpoch_isInvalid() throws Exception {
    Seen old = log.seen();
    log.advance(alice, log.members(), log.seen());
    log.send(bob, text("late"), old, 0);

    assertEquals(Reason.SEEN_BEFORE_EPOCH, invalid(bob));
  }

  // M-14
  @Test
  void accept_deletionOfAnothersMessageByAMember_isInvalid() throws Exception {
    log.say(alice, "mine");
    log.delete(bob, 2, log.seen());

    assertEquals(Reason.NOT_ALLOWED, invalid(alice));
  }

  // M-14
  @Test
  void accept_deletionByItsAuthorOrAnAdmin_counts() throws Exception {
    log.say(bob, "one");
    log.say(bob, "two");
    log.delete(bob, 2, log.seen());
    assertEquals(2, assertInstanceOf(VerifiedEntry.Deletion.class, last(alice)).message());
    log.delete(alice, 3, log.seen());
    assertEquals(3, assertInstanceOf(VerifiedEntry.Deletion.class, last(bob)).message());
  }

  // M-14
  @Test
  void accept_deletionOfWhatIsNoMessageOrWasNotSeen_isInvalid() throws Exception {
    Seen old = log.seen();
    log.say(alice, "one");
    log.delete(alice, 1, log.seen());
    assertEquals(Reason.NO_SUCH_MESSAGE, invalid(bob));
    log.delete(alice, 2, old);
    assertEquals(Reason.NO_SUCH_MESSAGE, invalid(bob));
  }

  // M-12
  @Test
  void open_whatIsNoContent_isUnknown() throws Exception {
    ReceivedEntry.Message good = log.say(alice, "hello");
    OutgoingMessage sealed =
        new OutgoingMessage(
            log.header(alice, text("x"), log.seen(), 0),
            Ciphertext.copyOf(new byte[24], new byte[40]),
            good.signature());
    OutgoingMessage signed =
        new OutgoingMessage(
            sealed.header(),
            sealed.ciphertext(),
            alice.identity().signMessage(sealed.header(), sealed.ciphertext().hash()));
    log.append(TestLog.received(signed, log.last() + 1));

    VerifiedMessage message = assertInstanceOf(VerifiedMessage.class, last(bob));
    assertEquals(
        Optional.of(new MessageContent.Unknown(Optional.empty())), message.open(log.key()));
  }

  /** T-21. */
  @Test
  void accept_severalFaults_namesTheFirst() throws Exception {
    Seen old = log.seen();
    ReceivedEntry.Message first = log.say(alice, "one");
    log.advance(alice, log.members(), log.seen());
    ReceivedEntry.Message good = log.say(alice, "two");
    Changed exchanged = new Changed(good).ciphertext(first.ciphertext());
    Changed unsigned = new Changed(good).signature(first.signature());
    Seen other = new Seen(3, first.contentHash());
    Seen ahead = new Seen(9, first.contentHash());

    assertEquals(Kind.GAP, lieSeenBy(bob, List.of(exchanged.epoch(1).id(2).entry())));
    assertEquals(Kind.OTHER_EPOCH, lieSeenBy(bob, exchanged.epoch(1).entry()));
    assertEquals(
        Kind.CONTENT_CHANGED,
        lieSeenBy(bob, exchanged.sender(carol.id()).signature(first.signature()).entry()));
    assertEquals(Reason.NO_MEMBER, reasonOf(unsigned.sender(carol.id()).seen(ahead)));
    assertEquals(Reason.BAD_SIGNATURE, reasonOf(unsigned.seen(ahead)));
    Changed again = new Changed(new Changed(good).id(5).entry());
    assertEquals(Kind.SEEN_AHEAD, lieSeenBy(bob, signedLast(again.seen(ahead))));
    assertEquals(Kind.HISTORIES_DIFFER, lieSeenBy(bob, signedLast(again.seen(other))));
    assertEquals(Kind.REPEATED, lieSeenBy(bob, signedLast(again.seen(old))));
  }

  private Reason reasonOf(Changed last) throws Exception {
    Transcript transcript = log.reader(bob, new Contacts());
    for (ReceivedEntry entry : log.view(bob).subList(0, 3)) {
      transcript.accept(entry);
    }
    return assertInstanceOf(VerifiedEntry.Invalid.class, transcript.accept(last.entry())).reason();
  }

  private List<ReceivedEntry> signedLast(Changed last) {
    List<ReceivedEntry> shown = new ArrayList<>(log.view(bob));
    shown.add(last.signedBy(log, alice));
    return shown;
  }

  // ---- a dishonest server: each lie is proven

  // T-3
  @Test
  void lie_entryDropped() {
    log.say(alice, "one");
    log.say(bob, "two");
    List<ReceivedEntry> shown = new ArrayList<>(log.view(bob));
    shown.remove(1);

    assertEquals(Kind.GAP, lieSeenBy(bob, shown));
  }

  // T-6
  @Test
  void lie_entryDroppedAndTheRestNumberedAnew_showsAtTheNextSeen() {
    log.say(alice, "one");
    ReceivedEntry.Message second = log.say(bob, "two");
    List<ReceivedEntry> shown = new ArrayList<>(log.view(bob).subList(0, 1));
    shown.add(new Changed(second).id(2).entry());

    assertEquals(Kind.SEEN_AHEAD, lieSeenBy(bob, shown));
    ReceivedEntry.Message third = log.send(alice, text("three"), log.seen(2), 0);
    shown.set(1, new Changed(third).id(2).entry());
    assertEquals(Kind.SEEN_AHEAD, lieSeenBy(bob, shown));
  }

  // T-3, T-10
  @Test
  void lie_entryDoubled() {
    ReceivedEntry.Message message = log.say(alice, "one");
    List<ReceivedEntry> shown = new ArrayList<>(log.view(bob));
    shown.add(message);
    assertEquals(Kind.GAP, lieSeenBy(bob, shown));
    shown.set(2, new Changed(message).id(3).entry());
    assertEquals(Kind.REPEATED, lieSeenBy(bob, shown));
  }

  // T-5
  @Test
  void lie_entriesReordered() {
    Seen seen = log.seen();
    ReceivedEntry.Message one = log.send(alice, text("one"), seen, 0);
    ReceivedEntry.Message two = log.send(bob, text("two"), seen, 0);
    log.say(alice, "three");
    List<ReceivedEntry> shown = new ArrayList<>(log.view(bob));
    shown.set(1, new Changed(two).id(2).entry());
    shown.set(2, new Changed(one).id(3).entry());

    assertEquals(Kind.HISTORIES_DIFFER, lieSeenBy(bob, shown));
  }

  // T-5
  @Test
  void lie_twoHistories_keepsBothSides() {
    log.say(alice, "one");
    log.say(bob, "two");
    TestLog other = TestLog.begin(alice, bob);
    other.say(alice, "another one");
    List<ReceivedEntry> shown = new ArrayList<>(log.view(bob));
    ReceivedEntry.Message invented =
        TestLog.received(
            log.key()
                .seal(
                    log.header(alice, text("invented"), log.seen(1), 0),
                    text("invented"),
                    alice.identity(),
                    TestLog.RANDOM),
            2);
    shown.set(1, invented);

    ServerFaultException e =
        assertThrows(
            ServerFaultException.class,
            () -> {
              Transcript transcript = log.reader(bob, new Contacts());
              for (ReceivedEntry entry : shown) {
                transcript.accept(entry);
              }
            });

    ServerFault.Claim claim = e.fault().claim().orElseThrow();
    assertEquals(3, e.fault().entry());
    assertEquals(log.seen(2), claim.theirs());
    assertEquals(2, claim.ours().entry());
    assertEquals(bob.id(), claim.signer());
    assertTrue(claim.text().startsWith("secure-chat/v1/message\n"));
  }

  // M-8
  @Test
  void lie_contentExchanged() {
    ReceivedEntry.Message message = log.say(alice, "one");
    ReceivedEntry.Message other = log.say(alice, "two");

    assertEquals(
        Kind.CONTENT_CHANGED,
        lieSeenBy(bob, new Changed(message).ciphertext(other.ciphertext()).entry()));
  }

  // T-20
  @Test
  void erasedContent_keepsTheChain() throws Exception {
    ReceivedEntry.Message message = log.say(alice, "one");
    log.say(bob, "two");
    Transcript transcript = log.reader(bob, new Contacts());
    for (ReceivedEntry entry : log.view(bob)) {
      VerifiedEntry verified =
          transcript.accept(
              entry.id() == message.id()
                  ? new Changed(message).ciphertext(Optional.empty()).entry()
                  : entry);
      if (verified instanceof VerifiedMessage erased && erased.id() == message.id()) {
        assertEquals(Optional.empty(), erased.open(log.key()));
      }
    }
    assertEquals(log.seen(), transcript.seen());
  }

  // M-1, T-5
  @Test
  void lie_anyFieldChanged_isSeenAtTheNextHonestMessage() {
    ReceivedEntry.Message m = log.say(alice, "one");
    log.say(bob, "two");
    Changed good = new Changed(m);
    List<Changed> lies =
        List.of(
            good.sender(bob.id()),
            good.client(new ClientId("00000000-0000-4000-8000-000000000000")),
            good.sentAt(m.sentAtMillis() - 1),
            good.files(List.of(m.contentHash())),
            good.expires(60));

    for (Changed lie : lies) {
      assertEquals(Kind.HISTORIES_DIFFER, lieSeenBy(bob, lie.entry()));
    }
  }

  // T-9
  @Test
  void lie_messageMovedToAnotherEpoch() {
    ReceivedEntry.Message message = log.say(alice, "one");
    log.advance(alice, log.members(), log.seen());
    List<ReceivedEntry> shown = new ArrayList<>(log.view(bob));
    shown.add(new Changed(message).id(4).entry());

    assertEquals(Kind.OTHER_EPOCH, lieSeenBy(bob, shown));
  }

  // T-19
  @Test
  void lie_stubThatHidesAMessage() {
    ReceivedEntry.Message message = log.say(alice, "one");

    assertEquals(Kind.HIDDEN_FROM_MEMBER, lieSeenBy(bob, log.stub(message)));
  }

  // T-17, T-18
  @Test
  void lie_falseStub_showsAtTheEpoch() {
    log.say(alice, "one");
    Seen attested = log.seen();
    log.say(bob, "two");
    List<Member> members = log.members();
    members.add(carol.as(Role.MEMBER));
    log.advance(alice, members, attested);
    log.say(alice, "three");
    ReceivedEntry.Stub stub = log.stub(log.entries.get(2));
    ReceivedEntry.Stub lie =
        new ReceivedEntry.Stub(
            stub.id(),
            alice.id(),
            stub.epoch(),
            stub.createdAt(),
            stub.kind(),
            stub.body(),
            stub.signature());

    assertEquals(Kind.HISTORIES_DIFFER, lieSeenBy(carol, lie));
    assertEquals(
        Kind.OTHER_BEGINNING,
        lieSeenBy(
            carol,
            new ReceivedEntry.Stub(
                stub.id(),
                stub.sender(),
                7,
                stub.createdAt(),
                EntryKind.MESSAGE,
                stub.body(),
                stub.signature())));
  }

  // E-10
  @Test
  void lie_ghostMember() {
    List<Member> members = log.members();
    members.add(Person.of(99, "ghost").as(Role.MEMBER));
    assertForged(bob, members);
  }

  // E-10
  @Test
  void lie_roleRaised() {
    assertForged(bob, List.of(alice.as(Role.ADMIN), bob.as(Role.ADMIN)));
  }

  // E-10
  @Test
  void lie_removedMemberPutBack() {
    log.add(alice, carol, Role.MEMBER);
    log.remove(alice, carol);
    List<Member> members = log.members();
    members.add(carol.as(Role.MEMBER));
    assertForged(bob, members);
  }

  // E-9
  @Test
  void lie_strangersEpoch() {
    Person stranger = Person.of(5, "mallory");
    List<Member> members = new ArrayList<>(log.members());
    members.add(stranger.as(Role.ADMIN));
    members.sort(Comparator.comparingLong(member -> member.user().value()));
    assertForged(stranger, members);
  }

  private void assertForged(Person author, List<Member> members) {
    log.advance(author, members, log.seen());
    assertEquals(Kind.EPOCH_AGAINST_THE_RULES, lieSeenBy(bob, log.entries));
  }

  // T-12
  @Test
  void lie_statementSignedByAnotherOrChanged() {
    ReceivedEntry.Epoch good = log.advance(alice, log.members(), log.seen());
    ReceivedEntry.Message message = log.say(bob, "x");

    assertEquals(
        Kind.EPOCH_AGAINST_THE_RULES,
        lieSeenBy(
            bob,
            new ReceivedEntry.Epoch(
                good.id(),
                good.sender(),
                good.epoch(),
                Instant.EPOCH,
                good.statement(),
                message.signature())));
    assertEquals(
        Kind.EPOCH_AGAINST_THE_RULES,
        lieSeenBy(
            bob,
            new ReceivedEntry.Epoch(
                good.id(),
                good.sender(),
                good.epoch(),
                Instant.EPOCH,
                good.statement() + "\n",
                good.signature())));
  }

  // E-7
  @Test
  void lie_epochReplayed() {
    log.advance(alice, log.members(), log.seen());
    ReceivedEntry.Epoch second = (ReceivedEntry.Epoch) log.entries.get(1);
    List<ReceivedEntry> shown = new ArrayList<>(log.entries);
    shown.add(
        new ReceivedEntry.Epoch(
            3,
            second.sender(),
            second.epoch(),
            second.createdAt(),
            second.statement(),
            second.signature()));

    assertEquals(Kind.EPOCH_AGAINST_THE_RULES, lieSeenBy(bob, shown));
  }

  // T-11, T-14
  @Test
  void lie_ownEntryExchanged() throws Exception {
    ReceivedEntry.Message own = log.say(bob, "mine");
    Transcript transcript = log.reader(bob, new Contacts());
    transcript.accept(log.entries.get(0));
    transcript.expect(2, alice.identity().signMessage(header(own), own.contentHash()));

    ServerFaultException e = assertThrows(ServerFaultException.class, () -> transcript.accept(own));
    assertEquals(Kind.OWN_ENTRY_CHANGED, e.fault().kind());
    assertThrows(ServerFaultException.class, () -> transcript.accept(own));
  }

  // T-24
  @Test
  void rememberedPlace_logRunsThroughIt() throws Exception {
    log.say(alice, "one");
    Seen earlier = log.read(bob).seen();
    log.say(alice, "two");
    Transcript transcript = log.reader(bob, new Contacts());
    transcript.remember(earlier);
    for (ReceivedEntry entry : log.entries) {
      transcript.accept(entry);
    }
    transcript.requireComplete();
    assertEquals(Optional.empty(), transcript.fault());
  }

  // T-24
  @Test
  void lie_logEndsBeforeARememberedPlace() throws Exception {
    log.say(alice, "one");
    Seen earlier = log.read(bob).seen();
    Transcript transcript = log.reader(bob, new Contacts());
    transcript.remember(earlier);
    transcript.accept(log.entries.get(0));
    ServerFaultException e = assertThrows(ServerFaultException.class, transcript::requireComplete);
    assertEquals(Kind.ROLLED_BACK, e.fault().kind());
    assertEquals(2, e.fault().entry());
  }

  // T-24
  @Test
  void lie_logGoesAnotherWayThanRemembered() throws Exception {
    ReceivedEntry.Message shown = log.say(alice, "one");
    Transcript transcript = log.reader(bob, new Contacts());
    transcript.remember(new Seen(shown.id(), Sha256.of(new byte[0])));
    transcript.accept(log.entries.get(0));
    ServerFaultException e =
        assertThrows(ServerFaultException.class, () -> transcript.accept(shown));
    assertEquals(Kind.ROLLED_BACK, e.fault().kind());
    assertEquals(shown.id(), e.fault().entry());
  }

  // T-16, T-24
  @Test
  void rememberedPlaceBeforeTheHistory_saysNothing() throws Exception {
    Seen earlier = new Seen(1, Sha256.of(new byte[0]));
    log.say(alice, "before carol");
    log.add(alice, carol, Role.MEMBER);
    Transcript transcript = log.reader(carol, new Contacts());
    transcript.remember(earlier);
    for (ReceivedEntry entry : log.view(carol)) {
      transcript.accept(entry);
    }
    transcript.requireComplete();
    assertEquals(Optional.empty(), transcript.fault());
  }

  // T-25
  @Test
  void lie_historyBeginsAfterAnEpochThatWasOpened() throws Exception {
    log.add(alice, carol, Role.MEMBER);
    Transcript transcript = log.reader(carol, new Contacts());

    ServerFaultException e =
        assertThrows(
            ServerFaultException.class, () -> transcript.rememberEpochs(Set.of(1L, 2L, 3L)));
    assertEquals(Kind.OTHER_BEGINNING, e.fault().kind());
    assertEquals(2, e.fault().entry());
    assertThrows(ServerFaultException.class, () -> transcript.accept(log.entries.get(1)));
  }

  // T-25
  @Test
  void removedAndAddedAgain_epochsOpenedBeforeSayNothing() throws Exception {
    log.add(alice, carol, Role.MEMBER);
    log.remove(alice, carol);
    log.add(alice, carol, Role.MEMBER);
    Transcript transcript = log.reader(carol, new Contacts());
    transcript.rememberEpochs(Set.of(2L));
    for (ReceivedEntry entry : log.view(carol)) {
      transcript.accept(entry);
    }
    transcript.requireComplete();
    assertEquals(Optional.empty(), transcript.fault());
  }

  // T-11, T-24
  @Test
  void lie_confirmedEntryNeverComes() throws Exception {
    ReceivedEntry.Message own = log.say(bob, "mine");
    Transcript transcript = log.reader(bob, new Contacts());
    transcript.accept(log.entries.get(0));
    transcript.expect(own.id(), own.signature());
    ServerFaultException e = assertThrows(ServerFaultException.class, transcript::requireComplete);
    assertEquals(Kind.ROLLED_BACK, e.fault().kind());
  }

  // M-16
  @Test
  void ownMessage_isFoundByItsClientId() throws Exception {
    ReceivedEntry.Message own = log.say(bob, "mine");
    Transcript transcript = log.read(bob);
    assertEquals(Optional.of(own.id()), transcript.entryOf(bob.id(), own.client()));
    assertEquals(Optional.empty(), transcript.entryOf(alice.id(), own.client()));
  }

  private MessageText header(ReceivedEntry.Message entry) {
    return log.header(bob, text("x"), entry.seen(), 0);
  }

  // K-14
  @Test
  void lie_keyOfAMemberExchangedSinceTheyWereMet() {
    Contacts contacts = new Contacts();
    Person impostor = new Person(alice.id(), alice.name(), Person.of(1, "x").identity());
    assertThrows(
        IdentityChangedException.class,
        () -> {
          contacts.meet(List.of(impostor.as(Role.ADMIN)));
          log.reader(bob, contacts);
        });
  }

  // K-14
  @Test
  void lie_ownKeyExchanged() {
    Person impostor = new Person(bob.id(), bob.name(), Person.of(1, "x").identity());
    TestLog forged = TestLog.begin(alice, impostor);

    assertThrows(IdentityChangedException.class, () -> forged.reader(bob, new Contacts()));
  }

  // K-15, T-15
  @Test
  void identityChanged_userBelievesIt_goesOn() throws Exception {
    Contacts contacts = new Contacts();
    Person before = new Person(carol.id(), carol.name(), Person.of(1, "x").identity());
    contacts.meet(List.of(before.as(Role.MEMBER)));
    contacts.verify(carol.id());
    ReceivedEntry.Epoch added = log.add(alice, carol, Role.MEMBER);
    Transcript transcript = log.reader(bob, contacts);
    transcript.accept(log.entries.get(0));

    IdentityChangedException e =
        assertThrows(IdentityChangedException.class, () -> transcript.accept(added));
    assertEquals(carol.as(Role.MEMBER), e.claimed());
    contacts.believe(e.claimed());

    assertInstanceOf(VerifiedEntry.Epoch.class, transcript.accept(added));
    assertEquals(Optional.of(false), contacts.find(carol.id()).map(Contacts.Contact::verified));
  }

  /** Believing somebody does not make their key one to verify with. E-13 */
  @Test
  void identityChanged_toAnUnsoundKey_isALie() throws Exception {
    Contacts contacts = new Contacts();
    contacts.meet(List.of(carol.as(Role.MEMBER)));
    byte[] unsound = UnsoundKeys.all().values().iterator().next();
    List<Member> members = log.members();
    members.add(new Member(carol.id(), Role.MEMBER, IdentityKey.copyOf(unsound), carol.name()));
    members.sort(Comparator.comparingLong(member -> member.user().value()));
    ReceivedEntry.Epoch added = log.advance(alice, members, log.seen());
    Transcript transcript = log.reader(bob, contacts);
    transcript.accept(log.entries.get(0));

    ServerFaultException e =
        assertThrows(ServerFaultException.class, () -> transcript.accept(added));
    assertEquals(Kind.EPOCH_AGAINST_THE_RULES, e.fault().kind());
  }

  //
  @Test
  void runningHash_ofTwoViews_isOneAtEachEntryThatBothHave() throws Exception {
    log.say(alice, "before");
    log.add(alice, carol, Role.MEMBER);
    log.say(bob, "after");

    Transcript bobs = log.read(bob);
    Transcript carols = log.read(carol);

    assertEquals(Optional.empty(), carols.seenAt(1));
    for (long entry = 2; entry <= log.last(); entry++) {
      assertEquals(Optional.of(log.seen((int) entry)), bobs.seenAt(entry));
      assertEquals(bobs.seenAt(entry), carols.seenAt(entry));
    }
    assertEquals(Optional.empty(), bobs.seenAt(log.last() + 1));
  }
}
