package org.securechat.client.terminal.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.crypto.SystemRandomSource;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.protocol.content.AttachedFile;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.ShownEntry;
import org.securechat.protocol.conversation.ShownEntry.Cause;
import org.securechat.protocol.conversation.VerifiedEntry;
import org.securechat.protocol.file.FileKey;

class TextFormTest {
  private static final Instant NOON = Instant.parse("2026-01-19T12:00:00Z");
  private static final int WIDTH = 80;
  private static final Member BOB = member(2, "bob");

  private final Map<Long, ShownEntry> entries = new HashMap<>();

  private static Member member(long id, String name) {
    return new Member(
        new UserId(id),
        Role.MEMBER,
        IdentityKey.copyOf(new byte[IdentityKey.LENGTH]),
        new Username(name));
  }

  private ChatForm form(boolean ink, int width) {
    return new TextForm(
        new Ink(ink),
        ZoneOffset.UTC,
        () -> width,
        user -> user.equals(BOB.user()) ? "bob" : "user " + user.value(),
        id -> Optional.ofNullable(entries.get(id)));
  }

  private static ShownEntry.Message message(long id, MessageContent content) {
    return new ShownEntry.Message(
        id, BOB, NOON, NOON, content, false, Optional.empty(), Map.of(), Optional.empty());
  }

  private static ShownEntry.Message says(long id, String body) {
    return message(id, new MessageContent.Text(body, Optional.empty()));
  }

  private List<String> plain(ShownEntry entry) {
    return form(false, WIDTH).whole(entry);
  }

  @Test
  void entry_shortText_isALine() {
    assertEquals(List.of("  12 12:00 bob: Hungry?"), plain(says(12, "Hungry?")));
  }

  @Test
  void entry_newDay_isSaid() {
    ShownEntry first = says(12, "a");
    assertEquals(
        List.of("\u2500\u2500 Monday, 19 January 2026 \u2500\u2500", "  12 12:00 bob: a"),
        form(false, WIDTH).entry(first, Optional.empty()));
    assertEquals(
        List.of("  13 12:00 bob: b"), form(false, WIDTH).entry(says(13, "b"), Optional.of(first)));
  }

  @Test
  void entry_longText_isWrappedUnderItself() {
    String words = "word ".repeat(40).strip();

    assertEquals(
        List.of(
            "  12 12:00 bob: " + "word ".repeat(12) + "word",
            "           " + "word ".repeat(13) + "word",
            "           " + "word ".repeat(12) + "word"),
        plain(says(12, words)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u65e5\u672c\u8a9e",
        "\ud83d\udc4d",
        "e\u0301",
        "\u001b[31m",
        "\u202e",
        "\n",
        "  12 12:00 alice: I owe you\n",
        "x",
        "\u2764\ufe0f",
      })
  void entry_anyText_staysInItsColumns(String piece) {
    for (boolean ink : new boolean[] {false, true}) {
      List<String> lines =
          form(ink, WIDTH).entry(says(12, piece.repeat(20_000 / piece.length())), Optional.empty());

      assertTrue(lines.size() <= 30, () -> "lines: " + lines.size());
      for (String line : lines.subList(2, lines.size())) {
        String bare = line.replaceAll("\u001b\\[[0-9;]*m", "");
        assertTrue(bare.isEmpty() || bare.startsWith("           "), line);
        assertTrue(Columns.of(bare) <= WIDTH, line);
        assertTrue(bare.indexOf('\u001b') < 0, line);
      }
      assertTrue(lines.get(lines.size() - 1).contains("/show 12"), lines.get(lines.size() - 1));
    }
  }

  @Test
  void entry_withoutWidth_isOneLineWhateverItSays() {
    List<String> lines = form(false, 0).whole(says(12, "one\n  13 12:00 alice: two"));

    assertEquals(List.of("  12 12:00 bob: one \u23ce   13 12:00 alice: two"), lines);
  }

  @Test
  void entry_withoutColour_hasNoEscape() {
    ShownEntry.Message reply =
        new ShownEntry.Message(
            13,
            BOB,
            NOON,
            NOON.plusSeconds(3600),
            new MessageContent.Text("Yes", Optional.of(12L)),
            true,
            Optional.of(12L),
            new LinkedHashMap<>(Map.of("\ud83d\udc4d", Set.of(BOB.user()))),
            Optional.of(NOON.plusSeconds(86_400)));
    entries.put(12L, says(12, "Hungry?"));

    assertEquals(
        List.of(
            "           \u256d 12 bob: Hungry?",
            "  13 12:00 bob: Yes (edited) (until 20 Jan 2026 12:00) (arrived 19 Jan 2026",
            "           13:00)",
            "           \ud83d\udc4d bob"),
        plain(reply));
    assertEquals(
        "  13 12:00 bob: (to 12) Yes (edited)",
        form(false, 0).whole(reply).get(0).substring(0, 36));
    assertTrue(form(true, WIDTH).whole(reply).toString().contains("\u001b["));
    assertFalse(plain(reply).toString().contains("\u001b"));
  }

  @Test
  void entry_replyToWhatIsNotThere_saysSo() {
    ShownEntry.Message reply =
        new ShownEntry.Message(
            13,
            BOB,
            NOON,
            NOON,
            new MessageContent.Text("Yes", Optional.of(3L)),
            false,
            Optional.of(3L),
            Map.of(),
            Optional.empty());

    assertEquals("           \u256d 3 (from before your time)", plain(reply).get(0));
    entries.put(3L, new ShownEntry.Gone(3, BOB, Cause.DELETED));
    assertEquals("           \u256d 3 (not there any more)", plain(reply).get(0));
  }

  @Test
  void entry_files_nameThemHarmlessly() {
    AttachedFile photo = file("../../.ssh/\u001b[2Jauthorized_keys", 1_234_567);

    assertEquals(
        List.of(
            "  12 12:00 bob: file \u201c../../.ssh/\ufffd[2Jauthorized_keys\u201d, 1.2 MB (/save 12"
                + " FILE)",
            "           look"),
        plain(message(12, new MessageContent.Files(List.of(photo), Optional.of("look")))));
    assertEquals(
        List.of(
            "  12 12:00 bob: file \u201ca\u201d, 0 bytes (/save 12.1 FILE)",
            "           file \u201cb\u201d, 5 bytes (/save 12.2 FILE)"),
        plain(
            message(
                12,
                new MessageContent.Files(List.of(file("a", 0), file("b", 5)), Optional.empty()))));
  }

  private static AttachedFile file(String name, long size) {
    return new AttachedFile(
        1,
        FileKey.generate(new SystemRandomSource()),
        name,
        "text/plain",
        size,
        Sha256.of(new byte[0]));
  }

  @Test
  void entry_nameAndUnknown_areEvents() {
    assertEquals(
        List.of("  12 12:00 * bob named the conversation \u201clunch \u23ce now\u201d"),
        plain(message(12, new MessageContent.Name("lunch\nnow"))));
    assertEquals(
        List.of("  12 12:00 bob: (something of the type poll that this version can't show)"),
        plain(message(12, new MessageContent.Unknown(Optional.of("poll")))));
  }

  @ParameterizedTest
  @EnumSource
  void entry_gone_saysWhy(Cause cause) {
    List<String> lines = plain(new ShownEntry.Gone(12, BOB, cause));

    assertTrue(lines.get(0).startsWith("  12       * the message of bob "), lines.get(0));
  }

  @ParameterizedTest
  @EnumSource
  void entry_invalid_saysWhyAndNothingOfItsContent(VerifiedEntry.Reason reason) {
    String text = String.join(" ", plain(new ShownEntry.Invalid(12, BOB.user(), reason)));

    assertTrue(text.startsWith("  12       * an entry in the name of bob "), text);
    assertTrue(text.contains("is not shown: ") || text.contains("has no effect: "), text);
  }

  @Test
  void entry_locked_saysWhatToDo() {
    String text = String.join(" ", plain(new ShownEntry.Locked(12, BOB, 3)));

    assertTrue(text.contains("/renew"), text);
  }

  @Test
  void changed_reaction_saysWhoseAndToWhat() {
    ShownEntry.Message before = says(12, "Hungry?");
    entries.put(12L, before);
    ShownEntry.Message now =
        new ShownEntry.Message(
            12,
            BOB,
            NOON,
            NOON,
            before.content(),
            false,
            Optional.empty(),
            Map.of("+1", Set.of(BOB.user())),
            Optional.empty());

    assertEquals(
        List.of("  12       * bob reacted +1 to bob: Hungry?"),
        form(false, WIDTH).changed(before, now));
    assertEquals(List.of(), form(false, WIDTH).changed(now, now));
    assertEquals(
        List.of("  12 12:00 bob: Thirsty?"), form(false, WIDTH).changed(now, says(12, "Thirsty?")));
    assertEquals(
        List.of("  12       * the message of bob was deleted"),
        form(false, WIDTH).changed(now, new ShownEntry.Gone(12, BOB, Cause.DELETED)));
  }

  @Test
  void opening_namesPeopleAndWhoIsNotVerified() {
    ChatForm.About about =
        new ChatForm.About(
            new ConversationId(77),
            Optional.of("lunch\u001b[2J"),
            List.of(
                new ChatForm.Person(new Username("alice"), true, true, true, false, 5),
                new ChatForm.Person(BOB.name(), false, false, false, false, 0)));

    assertEquals(
        List.of(
            "lunch\ufffd[2J \u00b7 77",
            "alice (you, admin), bob (invited)",
            "Safety numbers not compared yet: bob. /safety NAME shows one.",
            "/help lists the commands, Ctrl-D ends the chat."),
        form(false, WIDTH).opening(about));
    assertEquals(
        List.of(
            "  alice                     admin   joined   you           has read 5",
            "  bob                       member  invited  not verified"),
        form(false, WIDTH).people(about));
  }

  @Test
  void everything_narrowTerminal_isStillShown() {
    List<String> lines =
        Stream.of(1, 10, 20)
            .flatMap(width -> form(false, width).whole(says(12, "Hungry?")).stream())
            .toList();

    assertTrue(String.join("", lines).contains("Hungry?"), lines.toString());
  }
}
