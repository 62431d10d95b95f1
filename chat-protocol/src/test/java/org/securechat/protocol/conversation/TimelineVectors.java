package org.securechat.protocol.conversation;

import static org.securechat.protocol.conversation.StatementVectors.drawn;
import static org.securechat.protocol.vectors.Drawn.hex;
import static org.securechat.protocol.vectors.Drawn.source;
import static org.securechat.protocol.vectors.Drawn.unhex;
import static org.securechat.protocol.vectors.VectorFile.object;
import static org.securechat.protocol.vectors.VectorFile.with;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.content.ContentVectors;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.content.MessageContent.Edit;
import org.securechat.protocol.content.MessageContent.Name;
import org.securechat.protocol.content.MessageContent.Reaction;
import org.securechat.protocol.content.MessageContent.Text;
import org.securechat.protocol.conversation.TestLog.Person;
import org.securechat.protocol.vectors.Failure;
import org.securechat.protocol.vectors.Json;
import org.securechat.protocol.vectors.VectorFile;
import org.securechat.protocol.vectors.VectorFormat;

/** What edits, reactions, deletions and expiry leave to be shown of a log. */
public final class TimelineVectors implements VectorFormat {
  private static final Instant NOW = TestLog.NOON.plusSeconds(30);

  private static final Person ALICE = drawn(10, "alice");
  private static final Person BOB = drawn(20, "bob");
  private static final Person CAROL = drawn(30, "carol");

  private final List<Map<String, Object>> cases = new ArrayList<>();
  private final List<Map<String, Object>> refused = new ArrayList<>();

  @Override
  public String fileName() {
    return "timeline.json";
  }

  @Override
  public VectorFile make() throws Exception {
    cases.clear();
    refused.clear();
    edits();
    goneOnes();
    epochs();
    refuse();
    return new VectorFile("4. Messages", "what is shown of a log", cases, refused);
  }

  private static TestLog log(String name) {
    return TestLog.begin(source("timeline: " + name), ALICE, BOB);
  }

  private static Text text(String body) {
    return new Text(body, Optional.empty());
  }

  private static long send(TestLog log, Person sender, MessageContent content) {
    return log.send(sender, content, log.seen(), 0).id();
  }

  private void shown(String name, TestLog log, Person viewer) throws Exception {
    shown(name, log, viewer, log.view(viewer), Set.of());
  }

  private void shown(
      String name, TestLog log, Person viewer, List<ReceivedEntry> entries, Set<Long> noKeys)
      throws Exception {
    Map<String, Object> vector = new LinkedHashMap<>(given(name, log, viewer, entries, noKeys));
    vector.putAll(outcome(Json.of(vector)));
    cases.add(vector);
  }

  private static Map<String, Object> given(
      String name, TestLog log, Person viewer, List<ReceivedEntry> entries, Set<Long> noKeys) {
    List<Map<String, Object>> keys = new ArrayList<>();
    for (long epoch = 1; epoch <= log.statement().epoch(); epoch++) {
      if (!noKeys.contains(epoch)) {
        keys.add(
            object("epoch", epoch, "key", hex(log.key(epoch).conversationKey().secretBytes())));
      }
    }
    return with(
        LogVectors.given(name, log, viewer, entries),
        "conversation_keys",
        keys,
        "now",
        NOW.toString());
  }

  private void edits() throws Exception {
    // S-1, S-2, S-3, S-5
    TestLog edited = log("edits");
    long id = send(edited, ALICE, text("helo"));
    send(edited, ALICE, new Edit(id, "hello"));
    long second = send(edited, ALICE, new Edit(id, "hello!"));
    shown("the last edit counts", edited, BOB);
    edited.delete(ALICE, second, edited.seen());
    shown("a deleted edit does not", edited, BOB);

    TestLog reactions = log("reactions");
    long liked = send(reactions, ALICE, text("hello"));
    send(reactions, BOB, new Reaction(liked, "+"));
    send(reactions, BOB, new Reaction(liked, "+"));
    long minus = send(reactions, ALICE, new Reaction(liked, "-"));
    send(reactions, BOB, new Text("hi", Optional.of(liked)));
    send(reactions, BOB, new Text("to no message", Optional.of(1L)));
    reactions.delete(ALICE, minus, reactions.seen());
    shown("reactions and replies", reactions, BOB);

    TestLog named = log("name");
    send(named, ALICE, new Name("one"));
    long two = send(named, BOB, new Name("two"));
    shown("the last name", named, BOB);
    named.delete(BOB, two, named.seen());
    shown("a deleted name is none", named, BOB);
  }

  private void goneOnes() throws Exception {
    // S-6, S-7, S-8, S-9
    TestLog log = log("gone");
    long deleted = send(log, ALICE, text("oops"));
    log.delete(ALICE, deleted, log.seen());
    log.send(BOB, text("soon"), log.seen(), 30);
    log.send(BOB, text("later"), log.seen(), 31);
    shown("deleted, expired, not yet expired", log, BOB);

    TestLog erased = log("erased");
    erased.send(ALICE, text("for ever"), erased.seen(), 0);
    erased.send(ALICE, text("for a minute"), erased.seen(), 60);
    erased.send(ALICE, text("for a moment"), erased.seen(), 1);
    erased.send(ALICE, text("deleted"), erased.seen(), 0);
    erased.delete(ALICE, 5, erased.seen());
    shown(
        "contents that the server does not give out",
        erased,
        BOB,
        LogVectors.erased(erased.view(BOB)),
        Set.of());

    TestLog with = log("edit of a deleted one");
    long target = send(with, ALICE, text("oops"));
    send(with, ALICE, new Edit(target, "ooops"));
    send(with, BOB, new Reaction(target, "+"));
    with.delete(ALICE, target, with.seen());
    shown("edits and reactions go with their target", with, BOB);

    TestLog backDated = log("the earlier of two clocks");
    ReceivedEntry.Message sent = backDated.send(BOB, text("x"), backDated.seen(), 60);
    List<ReceivedEntry> late = new ArrayList<>(backDated.view(ALICE));
    late.set(
        1,
        new ReceivedEntry.Message(
            sent.id(),
            sent.sender(),
            sent.epoch(),
            sent.createdAt().minusSeconds(30),
            sent.client(),
            sent.sentAtMillis(),
            sent.seen(),
            sent.ciphertext(),
            sent.contentHash(),
            sent.signature(),
            sent.files(),
            sent.expiresSeconds()));
    shown("the earlier of sent and created counts", backDated, ALICE, late, Set.of());
  }

  private void epochs() throws Exception {
    // S-4, S-10, S-11
    TestLog log = log("epochs");
    log.add(ALICE, CAROL, Role.MEMBER);
    log.advance(
        ALICE,
        List.of(ALICE.as(Role.ADMIN), BOB.as(Role.ADMIN), CAROL.as(Role.MEMBER)),
        log.seen());
    log.remove(BOB, CAROL);
    log.advance(BOB, log.members(), log.seen());
    shown("what became of the members", log, BOB);

    TestLog locked = log("locked");
    send(locked, ALICE, text("one"));
    locked.advance(ALICE, locked.members(), locked.seen());
    send(locked, ALICE, text("two"));
    shown("without the key of an epoch", locked, BOB, locked.view(BOB), Set.of(1L));

    TestLog later = log("later");
    long old = send(later, ALICE, text("before"));
    Seen attested = later.seen();
    long between = send(later, ALICE, text("between"));
    List<Member> members = later.members();
    members.add(CAROL.as(Role.MEMBER));
    later.advance(ALICE, members, attested);
    later.meet(CAROL);
    send(later, BOB, new Reaction(old, "+"));
    send(later, ALICE, new Edit(between, "better"));
    later.delete(ALICE, old, later.seen());
    send(later, BOB, new Text("about what was before", Optional.of(old)));
    shown(
        "what is about earlier messages, to a member added later",
        later,
        CAROL,
        later.view(CAROL),
        Set.of(1L));
  }

  private void refuse() {
    // S-1, S-3, M-14
    TestLog another = log("edit of another's");
    refused(
        "an edit of another's message", another, send(another, BOB, edit(another)), "not_allowed");
    TestLog name = log("edit of a name");
    long room = send(name, ALICE, new Name("room"));
    refused("an edit of a name", name, send(name, ALICE, new Edit(room, "x")), "not_allowed");
    TestLog ofEdit = log("edit of an edit");
    long edit = send(ofEdit, ALICE, edit(ofEdit));
    refused("an edit of an edit", ofEdit, send(ofEdit, ALICE, new Edit(edit, "x")), "not_allowed");
    TestLog ahead = log("edit ahead");
    Seen before = ahead.seen();
    long unseen = send(ahead, ALICE, text("hello"));
    refused(
        "an edit of what was not seen",
        ahead,
        ahead.send(ALICE, new Edit(unseen, "x"), before, 0).id(),
        "no_such_message");
    TestLog epoch = log("reaction to an epoch");
    refused(
        "a reaction to an epoch", epoch, send(epoch, BOB, new Reaction(1, "+")), "no_such_message");
    TestLog itself = log("reaction to itself");
    refused(
        "a reaction to itself", itself, send(itself, BOB, new Reaction(2, "+")), "no_such_message");
    TestLog deleted = log("deletion");
    send(deleted, ALICE, text("mine"));
    refused(
        "a deletion of another's message",
        deleted,
        deleted.delete(BOB, 2, deleted.seen()).id(),
        "not_allowed");
  }

  private static Edit edit(TestLog log) {
    return new Edit(send(log, ALICE, text("mine")), "yours");
  }

  private void refused(String name, TestLog log, long entry, String failure) {
    refused.add(
        with(
            given(name, log, ALICE, log.view(ALICE), Set.of()),
            "failure",
            failure,
            "entry",
            entry));
  }

  @Override
  public Map<String, Object> outcome(Json vector) throws Exception {
    Map<Long, String> keys = new HashMap<>();
    vector
        .items("conversation_keys")
        .forEach(key -> keys.put(key.longNumber("epoch"), key.text("key")));
    Transcript transcript = LogVectors.begin(vector);
    Timeline timeline = new Timeline();
    for (ReceivedEntry entry : LogVectors.entries(vector)) {
      VerifiedEntry verified = transcript.accept(entry);
      Optional<EpochKey> key = Optional.empty();
      if (transcript.epoch().isPresent() && keys.containsKey(entry.epoch())) {
        key =
            Optional.of(
                EpochKey.of(
                    ConversationKey.ofOpened(unhex(keys.get(entry.epoch()))),
                    transcript.epoch().get()));
      }
      timeline.add(verified, key);
    }
    Instant now = Instant.parse(vector.text("now"));
    List<ShownEntry> shown = timeline.show(1, Long.MAX_VALUE, now);
    for (ShownEntry entry : shown) {
      if (entry instanceof ShownEntry.Invalid invalid) {
        return object("failure", Failure.of(invalid.reason()), "entry", invalid.id());
      }
    }
    return object(
        "shown",
        shown.stream().map(TimelineVectors::members).toList(),
        "conversation_name",
        timeline.name(now).orElse(null));
  }

  private static Map<String, Object> members(ShownEntry entry) {
    if (entry instanceof ShownEntry.Message message) {
      return object(
          "id",
          message.id(),
          "shown",
          "message",
          "sender_id",
          message.sender().user().value(),
          "content",
          ContentVectors.members(message.content()),
          "edited",
          message.edited(),
          "reply_to",
          message.replyTo().orElse(null),
          "reactions",
          message.reactions().entrySet().stream()
              .map(by -> object("emoji", by.getKey(), "user_ids", ids(by.getValue())))
              .toList(),
          "expires_at",
          message.expiresAt().map(Instant::toString).orElse(null));
    }
    if (entry instanceof ShownEntry.Gone gone) {
      return object("id", gone.id(), "shown", word(gone.cause()));
    }
    if (entry instanceof ShownEntry.Locked locked) {
      return object("id", locked.id(), "shown", "locked", "epoch", locked.epoch());
    }
    ShownEntry.Epoch epoch = (ShownEntry.Epoch) entry;
    return object(
        "id",
        epoch.id(),
        "shown",
        "epoch",
        "changes",
        epoch.changes().stream()
            .map(change ->
                object("change", word(change.kind()), "user_id", change.member().user().value()))
            .toList());
  }

  private static List<Long> ids(Set<UserId> users) {
    return new ArrayList<>(
        users.stream().map(UserId::value).collect(Collectors.toCollection(TreeSet::new)));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
