package org.securechat.client.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.client.http.JsonObject;
import org.securechat.testkit.TestClock;

/** {@code client verify} of the exports in {@code docs/vectors}. */
class VerifyCommandTest {
  private static final Path VECTORS =
      Path.of(System.getProperty("basedir", "."), "../docs/vectors/export.json");

  @TempDir Path folder;

  private record Ended(int code, String out, String err) {

    JsonObject json() {
      List<String> lines = out.lines().toList();
      return JsonObject.parse(lines.get(lines.size() - 1).getBytes(UTF_8));
    }
  }

  private static JsonObject vectors() throws IOException {
    return JsonObject.parse(Files.readAllBytes(VECTORS));
  }

  private static JsonObject vector(String list, String name) throws IOException {
    return vectors().objects(list).stream()
        .filter(each -> each.text("name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Path file(JsonObject vector) throws IOException {
    String end = vector.members().containsKey("line_feed_at_end") ? "" : "\n";
    return Files.writeString(
        folder.resolve("export"), String.join("\n", vector.texts("lines")) + end);
  }

  /** Nothing is typed. */
  private Ended verify(JsonObject vector, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("verify", file(vector).toString()));
    arguments.addAll(List.of(more));
    return run(arguments);
  }

  private Ended run(List<String> arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new SystemTerminal(
            null,
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8));
    Map<String, String> environment =
        Map.of("XDG_CONFIG_HOME", folder.resolve("settings").toString());
    int code =
        TerminalClient.run(
            new Surroundings(environment, TestClock.atNoon(), terminal),
            arguments.toArray(String[]::new));
    return new Ended(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  @Test
  void verify_ofEachVector_endsWithItsExitCodeAndSaysWhere() throws IOException {
    Map<String, String> wrong = new LinkedHashMap<>();
    for (JsonObject vector : vectors().objects("cases")) {
      Ended ended = verify(vector, "--json");
      JsonObject last = vector.object("last");
      if (ended.code() != 0
          || ended.json().number("entry") != last.number("id")
          || !ended.json().text("running_hash").equals(last.text("hash"))) {
        wrong.put(vector.text("name"), ended.toString());
      }
    }
    for (JsonObject vector : vectors().objects("refused")) {
      Ended ended = verify(vector, "--json");
      boolean says =
          vector.optionalNumber("line").isPresent()
              ? ended.err().contains("Line " + vector.number("line") + ": ")
              : ended.json().object("fault").number("entry") == vector.number("entry")
                  && !ended.json().flag("verified");
      if (ended.code() != 4 || !says) {
        wrong.put(vector.text("name"), ended.toString());
      }
    }

    assertEquals(Map.of(), wrong);
  }

  @Test
  void verify_ofAWholeFile_saysWhatIsVerifiedAndWhatIsNot() throws IOException {
    JsonObject vector = vector("cases", "an invalid entry, by a member's fault");

    Ended ended = verify(vector, "--print");

    assertEquals(0, ended.code(), ended.err());
    for (String part :
        List.of(
            "     2 2026-01-19T12:00:00Z alice: hello\n",
            "     4 user 10: (invalid)\n",
            "As bob (user 20) may read it, from behind entry 0 to entry 5",
            "Members of epoch 1, by name, role and key id:\n  alice                     admin   ",
            "3 messages, 1 epochs, 0 deletions, 0 from before the member was added, 1 invalid\n",
            "1 keys of epochs; 3 messages can be read, 0 have no content any more\n",
            "Entry 4 is invalid, by some member's fault (said to be of alice): the signature",
            "Running hash at entry 5: " + vector.object("last").text("hash"),
            "No file can show whether these are")) {
      assertTrue(ended.out().contains(part), () -> part + " is not in " + ended.out());
    }
    assertFalse(Files.exists(folder.resolve("settings")));
  }

  @Test
  void verify_withPins_refusesOtherKeysAndStrangers() throws IOException {
    JsonObject vector = vector("cases", "two people, without keys");
    String keyId = verify(vector, "--json").json().objects("members").get(0).text("key_id");

    assertEquals(0, verify(vector, "--pin", "Alice=" + keyId).code());
    assertEquals(4, verify(vector, "--pin", "bob=" + keyId).code());
    assertEquals(4, verify(vector, "--pin", "carol=" + keyId).code());
    assertEquals(2, verify(vector, "--pin", "alice=" + keyId.substring(1)).code());
  }

  @Test
  void verify_withPinOfTheOneWhoWasReplaced_refuses() throws IOException {
    JsonObject vector = vector("cases", "somebody takes another's name");
    JsonObject change = verify(vector, "--json").json().objects("changed_identities").get(0);
    String keyId = change.object("known").text("key_id");

    assertEquals(4, verify(vector, "--pin", "carol=" + keyId).code());
    assertTrue(verify(vector).out().contains("takes the place of carol (user 30) with key id"));
  }

  @Test
  void verify_atAnEntry_tellsTheRunningHashThere() throws IOException {
    JsonObject vector = vector("cases", "two people, with keys");
    JsonObject third = vector.objects("verified").get(2);

    Ended ended = verify(vector, "--at", "3", "--json");

    assertEquals(third.text("running_hash"), ended.json().text("running_hash"));
    assertEquals(2, verify(vector, "--at", "99").code());
  }

  @Test
  void verify_ofNoFile_isWronglyCalled() {
    assertEquals(2, run(List.of("verify", folder.resolve("none").toString())).code());
  }
}
