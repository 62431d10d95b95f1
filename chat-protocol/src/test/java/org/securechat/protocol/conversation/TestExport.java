package org.securechat.protocol.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.transcript.Role;
import org.securechat.protocol.conversation.TestLog.Person;
import org.securechat.protocol.export.ExportWriter;

/** The lines of an export, as a client writes them that is given these entries. */
record TestExport(List<String> lines) {
  private static final String SHA256 = "(?<=\"sha256\":\")[0-9a-f]{64}(?=\"\\}$)";

  TestExport {
    lines = List.copyOf(lines);
  }

  /** What an honest server gives to a member, with the keys. */
  static TestExport of(TestLog log, Person viewer) throws Exception {
    return of(log, viewer, log.view(viewer), true);
  }

  /** Ends with the entry at which the server is caught, if it is. */
  static TestExport of(
      TestLog log, Person viewer, List<? extends ReceivedEntry> entries, boolean keys)
      throws Exception {
    ReceivedEntry.Epoch first = (ReceivedEntry.Epoch) log.entries.get(log.addedAt(viewer) - 1);
    return of(log, viewer, first, entries, keys);
  }

  static TestExport of(
      TestLog log,
      Person viewer,
      ReceivedEntry.Epoch first,
      List<? extends ReceivedEntry> entries,
      boolean keys)
      throws Exception {
    SignedStatement signed = SignedStatement.parse(first.statement(), first.signature().toHex());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ExportWriter writer = ExportWriter.begin(out, viewer.id(), signed, first.id());
    Transcript transcript =
        Transcript.begin(
            viewer.as(Role.MEMBER), new Contacts(), TestLog.STRICT, signed, first.id());
    for (ReceivedEntry entry : entries) {
      writer.entry(entry);
      try {
        if (transcript.accept(entry) instanceof VerifiedEntry.Epoch epoch && keys) {
          writer.key(log.key(epoch.statement().epoch()));
        }
      } catch (ServerFaultException | IdentityChangedException e) {
        break;
      }
    }
    writer.end(transcript.seen());
    return new TestExport(out.toString(UTF_8).lines().toList());
  }

  /** How many lines there are. */
  int size() {
    return lines.size();
  }

  TestExport without(int line) {
    List<String> changed = new ArrayList<>(lines);
    changed.remove(line - 1);
    return new TestExport(changed);
  }

  /** The line once more, before another one. */
  TestExport with(int before, String line) {
    List<String> changed = new ArrayList<>(lines);
    changed.add(before - 1, line);
    return new TestExport(changed);
  }

  String line(int number) {
    return lines.get(number - 1);
  }

  TestExport replaced(int line, String from, String to) {
    List<String> changed = new ArrayList<>(lines);
    changed.set(line - 1, line(line).replaceFirst(from, to));
    if (changed.equals(lines)) {
      throw new AssertionError("Nothing to replace in " + line(line));
    }
    return new TestExport(changed);
  }

  /** With the digest in the last line that fits the lines before it. */
  TestExport sealed() throws IOException {
    ByteArrayOutputStream before = new ByteArrayOutputStream();
    for (String line : lines.subList(0, size() - 1)) {
      before.write((line + "\n").getBytes(UTF_8));
    }
    List<String> changed = new ArrayList<>(lines);
    changed.set(
        size() - 1, line(size()).replaceFirst(SHA256, Sha256.of(before.toByteArray()).toHex()));
    return new TestExport(changed);
  }

  String text() {
    return String.join("\n", lines) + "\n";
  }
}
