package org.securechat.protocol.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.securechat.protocol.conversation.StatementVectors.drawn;
import static org.securechat.protocol.vectors.Drawn.source;
import static org.securechat.protocol.vectors.VectorFile.object;
import static org.securechat.protocol.vectors.VectorFile.vector;
import static org.securechat.protocol.vectors.VectorFile.with;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.TestLog.Person;
import org.securechat.protocol.export.ExportVerifier;
import org.securechat.protocol.export.VerifiedExport;
import org.securechat.protocol.vectors.Failure;
import org.securechat.protocol.vectors.Json;
import org.securechat.protocol.vectors.VectorFile;
import org.securechat.protocol.vectors.VectorFormat;

/** Exported conversations: whole ones, damaged ones, and those that prove a lie. */
public final class ExportVectors implements VectorFormat {
  private static final Person ALICE = drawn(10, "alice");
  private static final Person BOB = drawn(20, "bob");
  private static final Person CAROL = drawn(30, "carol");
  private static final ClientId OTHER_CLIENT = new ClientId("00000000-0000-4000-8000-000000000000");

  private static final String CAROL_LINE =
      "member 30 member " + CAROL.identity().publicKey().toHex() + " carol\n";

  private List<Map<String, Object>> cases = new ArrayList<>();
  private List<Map<String, Object>> refused = new ArrayList<>();

  @Override
  public String fileName() {
    return "export.json";
  }

  @Override
  public VectorFile make() throws Exception {
    cases = new ArrayList<>();
    refused = new ArrayList<>();
    whole();
    damagedBeginningsAndForms();
    changedAfterwards();
    otherKeys();
    lies();
    return new VectorFile(
        "Exports", "an exported conversation", List.copyOf(cases), List.copyOf(refused));
  }

  private static TestLog log(String name) {
    return TestLog.begin(source("export: " + name), ALICE, BOB);
  }

  private static TestLog talk(String name) {
    TestLog log = log(name);
    log.say(ALICE, "hello");
    log.say(BOB, "hi");
    return log;
  }

  private void accepted(String name, TestExport export) throws Exception {
    Map<String, Object> vector = new LinkedHashMap<>(vector(name, "lines", export.lines()));
    vector.putAll(outcome(Json.of(vector)));
    cases.add(vector);
  }

  private void damaged(String name, TestExport export, int line) {
    refused.add(vector(name, "lines", export.lines(), "failure", "damaged_export", "line", line));
  }

  private void whole() throws Exception {
    //
    TestLog log = talk("two people");
    log.advance(BOB, log.members(), log.seen());
    log.say(ALICE, "a new key");
    log.delete(ALICE, 2, log.seen());
    accepted("two people, with keys", TestExport.of(log, BOB));
    accepted("two people, without keys", TestExport.of(log, BOB, log.view(BOB), false));
    accepted("contents erased", TestExport.of(log, BOB, LogVectors.erased(log.view(BOB)), true));

    TestLog added = talk("added");
    added.add(ALICE, CAROL, Role.MEMBER);
    added.say(CAROL, "after");
    accepted("a member added later", TestExport.of(added, CAROL));

    TestLog forged = talk("bad signature");
    ReceivedEntry.Message good = (ReceivedEntry.Message) forged.entries.get(1);
    forged.append(new Changed(good).id(4).client(OTHER_CLIENT).entry());
    forged.say(BOB, "go on");
    accepted("an invalid entry, by a member's fault", TestExport.of(forged, BOB));

    //
    TestLog again = log("another account of the same name");
    again.add(ALICE, CAROL, Role.MEMBER);
    again.remove(ALICE, CAROL);
    again.add(
        ALICE,
        new Person(new UserId(31), CAROL.name(), drawn(31, "second").identity()),
        Role.MEMBER);
    List<ReceivedEntry> entries = new ArrayList<>(again.view(BOB));
    accepted("somebody takes another's name", believing(again, entries));
  }

  /** As a client writes it whose user believed the change. */
  private static TestExport believing(TestLog log, List<ReceivedEntry> entries) throws Exception {
    TestExport cut = TestExport.of(log, BOB, entries, false);
    String hash = log.seen().hash().toHex();
    return cut.replaced(
            cut.size(),
            "\"last\":\\{\"id\":[0-9]+,\"hash\":\"[0-9a-f]+\"",
            "\"last\":{\"id\":" + log.last() + ",\"hash\":\"" + hash + "\"")
        .sealed();
  }

  private void damagedBeginningsAndForms() throws Exception {
    //
    TestExport good = TestExport.of(talk("forms"), BOB);
    damaged("a format of another version", good.replaced(1, "v1", "v2").sealed(), 1);
    damaged(
        "a member who is not in the first epoch",
        good.replaced(1, "\"member\":20", "\"member\":30").sealed(),
        1);
    damaged("a member twice in an object", good.replaced(2, "\\{", "{\"id\":1,").sealed(), 2);
    damaged("a number as a text", good.replaced(4, "\"id\":2", "\"id\":\"2\"").sealed(), 4);
    damaged("a line of an unknown kind", good.replaced(4, "\"message\"", "\"note\"").sealed(), 4);
    damaged("an empty line", good.with(4, "").sealed(), 4);
    damaged("no last line", good.without(good.size()), good.size());
    damaged("a line behind the last", good.with(good.size() + 1, good.line(2)), good.size() + 1);
    Map<String, Object> cut = vector("no line feed at the end", "lines", good.lines());
    refused.add(
        with(cut, "line_feed_at_end", false, "failure", "damaged_export", "line", good.size()));
    damaged(
        "another count of entries",
        good.replaced(good.size(), "\"entries\":3", "\"entries\":4"),
        good.size());
    damaged(
        "another running hash at the end",
        good.replaced(good.size(), "\"hash\":\"........", "\"hash\":\"00000000"),
        good.size());
    damaged(
        "an entry that can't be",
        good.replaced(4, "\"sent_at\":[0-9]+", "\"sent_at\":-1").sealed(),
        4);
  }

  private void changedAfterwards() throws Exception {
    // the file was changed, and shows it at its end.
    TestExport good = TestExport.of(talk("changed"), BOB);
    damaged("a time that nobody signed", good.replaced(4, "T12:00:00Z", "T12:00:01Z"), good.size());
    damaged(
        "a digit of a signature",
        good.replaced(4, "\"signature\":\"........", "\"signature\":\"00000000"),
        good.size(),
        3);
    damaged("a line dropped", good.without(4), good.size() - 1, 3);
    damaged("a line doubled", good.with(5, good.line(4)), good.size() + 1, 2);
    damaged("two lines swapped", good.without(4).with(5, good.line(4)), good.size(), 3);
  }

  private void damaged(String name, TestExport export, int line, long entry) {
    damaged(name, export, line);
    refused.set(refused.size() - 1, with(refused.get(refused.size() - 1), "entry", entry));
  }

  private void otherKeys() throws Exception {
    //
    TestExport good = TestExport.of(talk("keys"), BOB);
    TestExport other = TestExport.of(talk("another conversation's keys"), BOB);
    refused.add(
        vector(
            "another conversation's key",
            "lines",
            good.without(3).with(3, other.line(3)).sealed().lines(),
            "failure",
            "another_key",
            "line",
            3));
    damaged(
        "a key that is too short", good.replaced(3, "\"key\":\"....", "\"key\":\"").sealed(), 3);
    damaged("a key behind a message", good.without(3).with(4, good.line(3)).sealed(), 4);
    damaged("a key twice", good.with(4, good.line(3)).sealed(), 4);
    damaged("a key of another epoch", good.replaced(3, "\"epoch\":1", "\"epoch\":2").sealed(), 3);
  }

  private void lie(String name, TestLog log, List<ReceivedEntry> shown, String failure, long entry)
      throws Exception {
    lie(name, TestExport.of(log, BOB, shown, true), failure, entry);
  }

  private void lie(String name, TestExport export, String failure, long entry) {
    refused.add(vector(name, "lines", export.lines(), "failure", failure, "entry", entry));
  }

  private void lies() throws Exception {
    //
    TestLog log = talk("lies");
    List<ReceivedEntry> all = log.view(BOB);
    ReceivedEntry.Message hello = (ReceivedEntry.Message) all.get(1);
    ReceivedEntry.Message hi = (ReceivedEntry.Message) all.get(2);
    lie("an entry left out", log, List.of(all.get(0), hi), "gap", 3);
    lie("an entry twice", log, List.of(all.get(0), hello, hello), "gap", 2);
    lie(
        "a text put in the place of another",
        log,
        List.of(all.get(0), new Changed(hello).ciphertext(hi.ciphertext()).entry()),
        "content_changed",
        2);
    lie(
        "back-dated",
        log,
        List.of(all.get(0), new Changed(hello).sentAt(1).entry(), hi),
        "histories_differ",
        3);
    lie("kept from a member", log, List.of(all.get(0), log.stub(hello)), "hidden_from_member", 2);

    TestLog ghost = log("a ghost");
    ReceivedEntry.Epoch honest = ghost.advance(ALICE, ghost.members(), ghost.seen());
    String statement = honest.statement() + CAROL_LINE;
    lie(
        "a statement with a member more",
        ghost,
        List.of(
            ghost.entries.get(0),
            new ReceivedEntry.Epoch(
                2, ALICE.id(), 2, honest.createdAt(), statement, honest.signature())),
        "epoch_against_the_rules",
        2);
    TestExport good = TestExport.of(log, BOB);
    lie(
        "a first statement that its author has not signed",
        beginningOnly(good.replaced(1, "signature\":\"........", "signature\":\"00000000")),
        "epoch_against_the_rules",
        1);

    TestLog self = log("whose view it is");
    self.add(ALICE, CAROL, Role.MEMBER);
    ReceivedEntry.Epoch first = (ReceivedEntry.Epoch) self.entries.get(1);
    self.remove(ALICE, CAROL);
    Person other = new Person(CAROL.id(), CAROL.name(), drawn(99, "other").identity());
    List<Member> members = self.members();
    members.add(other.as(Role.MEMBER));
    members.sort(Comparator.comparingLong(member -> member.user().value()));
    self.advance(ALICE, members, self.seen());
    TestExport changed = TestExport.of(self, CAROL, first, self.entries.subList(1, 4), false);
    refused.add(
        vector(
            "the member whose view it is becomes somebody else",
            "lines",
            changed.lines(),
            "failure",
            "identity_changed",
            "line",
            4));
  }

  /** What is written of a log whose beginning is a lie: no entry was verified. */
  private static TestExport beginningOnly(TestExport export) throws Exception {
    int end = export.size();
    return new TestExport(List.of(export.line(1), export.line(end)))
        .replaced(2, "\"entries\":3", "\"entries\":0")
        .replaced(
            2,
            "\"last\":\\{\"id\":[0-9]+,\"hash\":\"[0-9a-f]+\"",
            "\"last\":{\"id\":0,\"hash\":\"" + "0".repeat(64) + "\"")
        .sealed();
  }

  @Override
  public Map<String, Object> outcome(Json vector) throws Exception {
    String text =
        vector
            .items("lines")
            .map(Json::value)
            .map(String.class::cast)
            .collect(Collectors.joining("\n"));
    boolean ended = !vector.has("line_feed_at_end");
    List<VerifiedEntry> entries = new ArrayList<>();
    List<Map<String, Object>> verdicts = new ArrayList<>();
    VerifiedExport export =
        ExportVerifier.verify(
            new ByteArrayInputStream((text + (ended ? "\n" : "")).getBytes(UTF_8)),
            TestLog.STRICT,
            (entry, key) -> {
              entries.add(entry);
              verdicts.add(verdict(entry, key));
            });
    if (export.fault().isPresent()) {
      return Failure.of(export.fault().get());
    }
    List<Map<String, Object>> verified = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Seen there = export.at(entries.get(i).id()).orElseThrow();
      verified.add(with(verdicts.get(i), "running_hash", there.hash().toHex()));
    }
    return object(
        "verified",
        verified,
        "last",
        WireJson.of(export.end()),
        "keys",
        export.keys(),
        "readable",
        export.readable(),
        "changed_identities",
        export.changes().stream()
            .map(change ->
                object(
                    "entry",
                    change.entry(),
                    "known",
                    WireJson.of(change.known()),
                    "claimed",
                    WireJson.of(change.claimed())))
            .toList());
  }

  private static Map<String, Object> verdict(VerifiedEntry entry, Optional<EpochKey> key) {
    Map<String, Object> line = object("id", entry.id(), "verdict", LogVectors.verdict(entry));
    if (entry instanceof VerifiedEntry.Invalid invalid) {
      return with(line, "reason", Failure.of(invalid.reason()));
    }
    return entry instanceof VerifiedMessage message
            && key.flatMap(message::open).orElse(null) instanceof MessageContent.Text text
        ? with(line, "text", text.body())
        : line;
  }
}
