package org.securechat.protocol.conversation;

import static org.securechat.protocol.vectors.VectorFile.object;
import static org.securechat.protocol.vectors.VectorFile.vector;
import static org.securechat.protocol.vectors.VectorFile.with;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.protocol.conversation.TestLog.Person;
import org.securechat.protocol.vectors.Failure;
import org.securechat.protocol.vectors.Json;
import org.securechat.protocol.vectors.VectorFile;

/** Whole logs, as a server gives them to one member, and what becomes of their entries. */
final class LogVectors {
  private final List<Map<String, Object>> cases = new ArrayList<>();
  private final List<Map<String, Object>> refused = new ArrayList<>();

  VectorFile file(String format) {
    return new VectorFile(
        "5. A transcript that proves itself", format, List.copyOf(cases), List.copyOf(refused));
  }

  /** A log that a member takes whole. */
  void accepted(String name, TestLog log, Person viewer) throws Exception {
    acceptedWhole(name, log, viewer, erased(log.view(viewer)));
  }

  void acceptedWhole(String name, TestLog log, Person viewer, List<ReceivedEntry> entries)
      throws Exception {
    Map<String, Object> vector = new LinkedHashMap<>(given(name, log, viewer, entries));
    vector.putAll(read(Json.of(vector)));
    cases.add(vector);
  }

  /** A log that proves something against the server at an entry. */
  void lie(
      String name,
      TestLog log,
      Person viewer,
      String failure,
      long entry,
      List<? extends ReceivedEntry> shown) {
    lie(given(name, log, viewer, erased(shown)), failure, entry);
  }

  /** The log with one entry exchanged. */
  void lie(
      String name, TestLog log, Person viewer, String failure, long at, ReceivedEntry exchanged) {
    List<ReceivedEntry> shown = new ArrayList<>(log.view(viewer));
    shown.replaceAll(entry -> entry.id() == exchanged.id() ? exchanged : entry);
    lie(name, log, viewer, failure, at, shown);
  }

  void lie(Map<String, Object> given, String failure, long entry) {
    refused.add(with(given, "failure", failure, "entry", entry));
  }

  void identityChanged(Map<String, Object> given) {
    refused.add(with(given, "failure", "identity_changed"));
  }

  /** Contents are of no matter to a log: erased, they keep the vectors small. */
  static List<ReceivedEntry> erased(List<? extends ReceivedEntry> entries) {
    List<ReceivedEntry> erased = new ArrayList<>();
    for (ReceivedEntry entry : entries) {
      erased.add(
          entry instanceof ReceivedEntry.Message message
              ? new Changed(message).ciphertext(Optional.empty()).entry()
              : entry);
    }
    return erased;
  }

  /** What a member is given: who they are, the epoch that added them, and the entries. */
  static Map<String, Object> given(
      String name, TestLog log, Person viewer, List<? extends ReceivedEntry> entries) {
    ReceivedEntry.Epoch first = (ReceivedEntry.Epoch) log.entries.get(log.addedAt(viewer) - 1);
    return given(name, viewer.as(Role.MEMBER), first, entries);
  }

  static Map<String, Object> given(
      String name,
      Member viewer,
      ReceivedEntry.Epoch first,
      List<? extends ReceivedEntry> entries) {
    return vector(
        name,
        "viewer",
        WireJson.of(viewer),
        "first_epoch",
        object(
            "epoch",
            first.epoch(),
            "entry_id",
            first.id(),
            "statement",
            first.statement(),
            "statement_signature",
            first.signature().toHex()),
        "entries",
        entries.stream().map(WireJson::of).toList());
  }

  static Transcript begin(Json vector) throws Exception {
    Json first = vector.get("first_epoch");
    Contacts contacts = new Contacts();
    if (vector.has("pinned")) {
      contacts.meet(vector.items("pinned").map(WireJson::person).toList());
    }
    Transcript transcript =
        Transcript.begin(
            WireJson.person(vector.get("viewer")),
            contacts,
            TestLog.STRICT,
            SignedStatement.parse(first.text("statement"), first.text("statement_signature")),
            first.longNumber("entry_id"));
    if (vector.has("sent")) {
      for (Json sent : vector.items("sent").toList()) {
        transcript.expect(sent.longNumber("id"), Signature.copyOf(sent.hex("signature")));
      }
    }
    return transcript;
  }

  static List<ReceivedEntry> entries(Json vector) {
    return vector.items("entries").map(WireJson::entry).toList();
  }

  /** What becomes of each entry, and the running hash there. */
  static Map<String, Object> read(Json vector) throws Exception {
    Transcript transcript = begin(vector);
    List<Map<String, Object>> verified = new ArrayList<>();
    for (ReceivedEntry entry : entries(vector)) {
      VerifiedEntry verdict = transcript.accept(entry);
      Map<String, Object> line =
          object(
              "id",
              entry.id(),
              "verdict",
              verdict(verdict),
              "running_hash",
              transcript.seen().hash().toHex());
      verified.add(
          verdict instanceof VerifiedEntry.Invalid invalid
              ? with(line, "reason", Failure.of(invalid.reason()))
              : line);
    }
    return object("verified", verified);
  }

  static String verdict(VerifiedEntry entry) {
    if (entry instanceof VerifiedMessage) {
      return "message";
    }
    if (entry instanceof VerifiedEntry.Epoch) {
      return "epoch";
    }
    if (entry instanceof VerifiedEntry.Deletion) {
      return "deletion";
    }
    return entry instanceof VerifiedEntry.Hidden ? "hidden" : "invalid";
  }
}
