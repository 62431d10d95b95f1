package org.securechat.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.app.Friends.Friend;
import org.securechat.client.conversation.Conversation;
import org.securechat.client.failure.RefusalCode;
import org.securechat.client.failure.RefusedException;
import org.securechat.crypto.SignatureVerifiers;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.VerifiedMessage;
import org.securechat.protocol.export.ExportRefusedException;
import org.securechat.protocol.export.ExportVerifier;
import org.securechat.protocol.export.VerifiedExport;
import org.securechat.protocol.export.VerifiedExport.Kind;
import org.securechat.testkit.TestClock;

/** Conversations of a real server, exported and verified without it. */
class ExportTest {
  private static final SignatureVerifier SIGNATURES = SignatureVerifiers.fastest().verifier();

  @TempDir Path folder;
  private final TestClock clock = TestClock.atNoon();
  private TestServer server;
  private Friends friends;
  private Friend alice;
  private Friend bob;
  private Conversation alices;
  private Conversation bobs;

  @BeforeEach
  void start() {
    server = TestServer.start(folder, clock);
    friends = new Friends(server.url(), clock);
    alice = friends.register("alice");
    bob = friends.register("bob");
    alices =
        alice
            .conversations()
            .start(Optional.of("lunch"), List.of(alice.session().user(bob.name())));
    bobs = bob.conversations().open(alices.id());
    bobs.join();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Path export(Friend friend, String name, boolean keys) throws IOException {
    Path file = folder.resolve(name);
    friend.conversations().export(alices.id(), file, keys);
    return file;
  }

  private static VerifiedExport verify(Path file) throws IOException, ExportRefusedException {
    try (InputStream in = Files.newInputStream(file)) {
      return ExportVerifier.verify(in, SIGNATURES, (entry, key) -> {});
    }
  }

  private static List<String> texts(Path file) throws IOException, ExportRefusedException {
    List<String> texts = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      ExportVerifier.verify(
          in,
          SIGNATURES,
          (entry, key) -> {
            if (entry instanceof VerifiedMessage message
                && key.flatMap(message::open).orElse(null) instanceof MessageContent.Text text) {
              texts.add(text.body());
            }
          });
    }
    return texts;
  }

  /** More than a page, of every kind. */
  private void talk() {
    long hungry = alices.say("Hungry?");
    bobs.catchUp();
    bobs.say("Yes!");
    bobs.renewKey();
    alices.catchUp();
    for (int i = 0; i < 100; i++) {
      alices.say("message " + i);
    }
    alices.delete(hungry);
    alices.send(new MessageContent.Text("soon gone", Optional.empty()), Duration.ofMinutes(1));
    bobs.catchUp();
  }

  @Test
  void exportsOfTwoMembers_verifyAndHaveOneRunningHash() throws Exception {
    talk();

    Path alicesFile = export(alice, "alice.export", true);
    Path bobsFile = export(bob, "bob.export", true);

    VerifiedExport export = verify(bobsFile);
    assertEquals(Optional.empty(), export.fault());
    assertEquals(verify(alicesFile).end(), export.end());
    assertEquals(bobs.last(), export.end().entry());
    assertEquals(alices.members(), export.epoch().orElseThrow().members());
    assertEquals(2, export.count(Kind.EPOCH));
    assertEquals(2, export.keys());
    assertEquals(1, export.count(Kind.DELETION));
    assertEquals(104, export.count(Kind.MESSAGE));
    assertEquals(103, export.readable());
    assertEquals(1, export.erased());
    assertEquals(List.of(), export.withheld(clock.instant()));
    assertEquals(List.of(), export.invalid());
    assertEquals(102, texts(bobsFile).size());
    assertEquals(
        PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(bobsFile));
  }

  @Test
  void exportsOfDifferentLength_agreeAtTheShortersEnd() throws Exception {
    alices.say("one");
    Path shorter = export(alice, "shorter.export", true);
    alices.say("two");
    Path longer = export(bob, "longer.export", false);

    Seen end = verify(shorter).end();

    assertEquals(Optional.of(end), verify(longer).at(end.entry()));
  }

  @Test
  void exportWithoutKeys_isProvenAndTellsNothing() throws Exception {
    alices.say("Hungry?");

    Path file = export(bob, "proof.export", false);

    VerifiedExport export = verify(file);
    assertEquals(Optional.empty(), export.fault());
    assertEquals(2, export.count(Kind.MESSAGE));
    assertEquals(0, export.readable());
    assertEquals(0, export.keys());
    assertEquals(List.of(), texts(file));
    assertFalse(Files.readString(file).contains("\"kind\":\"key\""));
  }

  @Test
  void whoWasAddedLater_exportsOnlyWhatTheyMayRead() throws Exception {
    Friend carol = friends.register("carol");
    Seen before = verify(export(alice, "before.export", false)).end();
    alices.say("before");
    alices.add(List.of(alice.session().user(carol.name())), Role.MEMBER);
    Conversation carols = carol.conversations().open(alices.id());
    assertEquals(
        RefusalCode.FORBIDDEN,
        assertThrows(RefusedException.class, () -> export(carol, "invited.export", true)).code());
    carols.join();
    carols.say("with carol");

    Path file = export(carol, "carol.export", true);

    VerifiedExport export = verify(file);
    assertEquals(List.of("with carol"), texts(file));
    assertTrue(export.beginning().entry() > before.entry());
    assertEquals(carol.name(), export.member().name());
    assertEquals(verify(export(alice, "alice.export", true)).end(), export.end());
    assertEquals(
        RefusalCode.NOT_FOUND,
        assertThrows(
                RefusedException.class,
                () -> {
                  alices.catchUp();
                  alices.remove(Set.of(carol.idIn(carols)));
                  export(carol, "removed.export", true);
                })
            .code());
    assertNothingPartial();
  }

  private void assertNothingPartial() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      assertFalse(left.anyMatch(file -> file.toString().endsWith(".part")));
    }
  }

  @Test
  void fileThatIsThere_stays() throws Exception {
    Path file = Files.writeString(folder.resolve("mine"), "mine");

    assertThrows(FileAlreadyExistsException.class, () -> export(alice, "mine", true));

    assertEquals("mine", Files.readString(file));
    assertNothingPartial();
  }

  /** Whatever is done to a line, the file is not taken for whole. */
  @Test
  void lineChangedDroppedDoubledOrMoved_isCaught() throws Exception {
    alices.say("Hungry?");
    bobs.catchUp();
    bobs.say("Yes!");
    alices.catchUp();
    alices.renewKey();
    alices.delete(alices.say("No."));
    List<String> lines = Files.readAllLines(export(bob, "good.export", true));
    assertTrue(isWhole(lines));

    for (int i = 0; i < lines.size(); i++) {
      List<String> dropped = new ArrayList<>(lines);
      dropped.remove(i);
      assertFalse(isWhole(dropped), "dropped " + i);
      List<String> doubled = new ArrayList<>(lines);
      doubled.add(i, lines.get(i));
      assertFalse(isWhole(doubled), "doubled " + i);
      assertFalse(isWhole(lines.subList(0, i)), "cut before " + i);
      if (i > 0) {
        List<String> swapped = new ArrayList<>(lines);
        swapped.set(i, lines.get(i - 1));
        swapped.set(i - 1, lines.get(i));
        assertFalse(isWhole(swapped), "swapped " + i);
      }
      for (int at = 0; at < lines.get(i).length(); at += 7) {
        List<String> changed = new ArrayList<>(lines);
        changed.set(i, flipped(lines.get(i), at));
        assertFalse(isWhole(changed), "line " + i + ", character " + at);
      }
    }
  }

  private static String flipped(String line, int at) {
    StringBuilder flipped = new StringBuilder(line);
    flipped.setCharAt(at, (char) (line.charAt(at) ^ 1));
    return flipped.toString();
  }

  private static boolean isWhole(List<String> lines) throws IOException {
    byte[] bytes = (String.join("\n", lines) + "\n").getBytes(UTF_8);
    try {
      return ExportVerifier.verify(new ByteArrayInputStream(bytes), SIGNATURES, (entry, key) -> {})
          .fault()
          .isEmpty();
    } catch (ExportRefusedException e) {
      return false;
    }
  }
}
