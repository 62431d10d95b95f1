package org.securechat.client.terminal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.securechat.client.http.JsonMembers;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.conversation.ServerFault;
import org.securechat.protocol.conversation.VerifiedEntry;
import org.securechat.protocol.export.ChangedIdentity;
import org.securechat.protocol.export.VerifiedExport;
import org.securechat.protocol.export.VerifiedExport.Kind;
import org.securechat.protocol.key.KeyId;

/**
 * What was verified of an export, in words and as JSON.
 *
 * @param compared the place whose running hash is told
 */
record ExportReport(VerifiedExport export, Seen compared, Instant now) {
  private static final String VERDICT =
      """
      Verified: every entry, against the keys above. No file can show whether these are
      the members' own (compare the key ids with them, or name those you know with --pin),
      when the server took an entry, and whether it kept newer ones back.\
      """;

  String text() {
    StringBuilder text = new StringBuilder();
    export.epoch().ifPresent(epoch -> appendMembers(text, epoch));
    appendCounts(text);
    appendFindings(text);
    text.append("\nRunning hash at entry " + compared.entry() + ": " + compared.hash().toHex())
        .append("\nOthers who export this conversation must have the same at this entry.\n\n")
        .append(export.fault().map(ExportReport::text).orElse(VERDICT));
    return text.toString();
  }

  private void appendMembers(StringBuilder text, EpochStatement epoch) {
    text.append("Group " + epoch.group().value())
        .append("\nAs " + person(export.member()) + " may read it, from behind entry ")
        .append(export.beginning().entry() + " to entry " + export.end().entry())
        .append("\n\nMembers of epoch " + epoch.epoch() + ", by name, role and key id:\n");
    for (Member member : epoch.members()) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %-24s  %-6s  %s\n",
              member.name().value(),
              member.role().word(),
              KeyId.of(member.key()).hex()));
    }
    List<Member> former = former(epoch);
    if (!former.isEmpty()) {
      text.append("Members before, by name and key id:\n");
    }
    for (Member member : former) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %-24s          %s\n",
              member.name().value(),
              KeyId.of(member.key()).hex()));
    }
    text.append('\n');
  }

  /** Whose lines were verified against a key that the newest epoch does not have. */
  private List<Member> former(EpochStatement newest) {
    return export.people().stream()
        .filter(person ->
            newest
                .member(person.user())
                .filter(member ->
                    member.key().equals(person.key()) && member.name().equals(person.name()))
                .isEmpty())
        .toList();
  }

  private static String person(Member member) {
    return member.name().value() + " (user " + member.user().value() + ")";
  }

  private void appendCounts(StringBuilder text) {
    text.append(export.count(Kind.MESSAGE) + " messages, ")
        .append(export.count(Kind.EPOCH) + " epochs, ")
        .append(export.count(Kind.DELETION) + " deletions, ")
        .append(export.count(Kind.HIDDEN) + " from before the member was added, ")
        .append(export.count(Kind.INVALID) + " invalid\n")
        .append(export.keys() + " keys of epochs; ")
        .append(export.readable() + " messages can be read, ")
        .append(export.erased() + " have no content any more\n");
  }

  private void appendFindings(StringBuilder text) {
    Map<UserId, String> names =
        export.people().stream()
            .collect(
                Collectors.toMap(Member::user, each -> each.name().value(), (one, other) -> one));
    for (VerifiedEntry.Invalid invalid : export.invalid()) {
      String sender = names.getOrDefault(invalid.sender(), "user " + invalid.sender().value());
      text.append("Entry " + invalid.id() + " is invalid, by some member's fault (said to be of ")
          .append(sender + "): " + reason(invalid.reason()) + "\n");
    }
    List<Long> withheld = export.withheld(now);
    if (!withheld.isEmpty()) {
      text.append("Withheld, without anybody having deleted them: ")
          .append(withheld.stream().map(String::valueOf).collect(Collectors.joining(", ")))
          .append('\n');
    }
    for (ChangedIdentity change : export.changes()) {
      text.append("Entry " + change.entry() + ": " + withKeyId(change.claimed()))
          .append(" takes the place of " + withKeyId(change.known()) + "\n");
    }
  }

  private static String withKeyId(Member member) {
    return person(member) + " with key id " + KeyId.of(member.key()).hex();
  }

  private static String text(ServerFault fault) {
    String proof =
        fault
            .claim()
            .map(claim ->
                "\nUser "
                    + claim.signer().value()
                    + " has signed to have had another running hash at entry "
                    + claim.theirs().entry()
                    + ":\n  "
                    + claim.theirs().hash().toHex()
                    + " by the signature\n  "
                    + claim.ours().hash().toHex()
                    + " by this file")
            .orElse("");
    return "CAUGHT at entry "
        + fault.entry()
        + ": "
        + fault.kind().sentence()
        + "."
        + proof
        + "\nNothing from there on is verified. The server did it, or whoever made the file.";
  }

  private static String reason(VerifiedEntry.Reason reason) {
    return switch (reason) {
      case BAD_SIGNATURE -> "the signature does not verify";
      case NO_MEMBER -> "the sender is no member of the epoch";
      case SEEN_BEFORE_EPOCH -> "it was written before its epoch had begun for the sender";
      case NO_SUCH_MESSAGE -> "it is about no message that the sender had seen";
      case NOT_ALLOWED -> "the sender may not do that";
    };
  }

  JsonMembers json() {
    return json -> {
      json.writeBooleanField("verified", export.fault().isEmpty());
      json.writeNumberField("member", export.member().user().value());
      json.writeNumberField("after", export.beginning().entry());
      json.writeNumberField("entry", compared.entry());
      json.writeStringField("running_hash", compared.hash().toHex());
      json.writeNumberField("last", export.end().entry());
      for (Kind kind : Kind.values()) {
        json.writeNumberField(kind.name().toLowerCase(Locale.ROOT), export.count(kind));
      }
      json.writeNumberField("keys", export.keys());
      json.writeNumberField("readable", export.readable());
      json.writeNumberField("erased", export.erased());
      json.writeArrayFieldStart("withheld");
      for (long entry : export.withheld(now)) {
        json.writeNumber(entry);
      }
      json.writeEndArray();
      writeMembers(json);
      writeFindings(json);
    };
  }

  private void writeMembers(JsonGenerator json) throws IOException {
    if (export.epoch().isEmpty()) {
      return;
    }
    EpochStatement epoch = export.epoch().get();
    json.writeStringField("group_id", epoch.group().value());
    json.writeNumberField("newest_epoch", epoch.epoch());
    json.writeArrayFieldStart("members");
    for (Member member : epoch.members()) {
      json.writeStartObject();
      writePerson(member, json);
      json.writeStringField("role", member.role().word());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("former_members");
    for (Member member : former(epoch)) {
      json.writeStartObject();
      writePerson(member, json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writePerson(Member member, JsonGenerator json) throws IOException {
    json.writeNumberField("user_id", member.user().value());
    json.writeStringField("username", member.name().value());
    json.writeStringField("key_id", KeyId.of(member.key()).hex());
  }

  private void writeFindings(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("invalid_entries");
    for (VerifiedEntry.Invalid invalid : export.invalid()) {
      json.writeStartObject();
      json.writeNumberField("entry", invalid.id());
      json.writeNumberField("sender_id", invalid.sender().value());
      json.writeStringField("reason", invalid.reason().name().toLowerCase(Locale.ROOT));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("changed_identities");
    for (ChangedIdentity change : export.changes()) {
      json.writeStartObject();
      json.writeNumberField("entry", change.entry());
      json.writeObjectFieldStart("known");
      writePerson(change.known(), json);
      json.writeEndObject();
      json.writeObjectFieldStart("claimed");
      writePerson(change.claimed(), json);
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    if (export.fault().isPresent()) {
      writeFault(export.fault().get(), json);
    }
  }

  private static void writeFault(ServerFault fault, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("fault");
    json.writeStringField("kind", fault.kind().name().toLowerCase(Locale.ROOT));
    json.writeNumberField("entry", fault.entry());
    json.writeStringField("sentence", fault.sentence());
    if (fault.claim().isPresent()) {
      ServerFault.Claim claim = fault.claim().get();
      json.writeNumberField("signer", claim.signer().value());
      json.writeNumberField("seen", claim.theirs().entry());
      json.writeStringField("theirs", claim.theirs().hash().toHex());
      json.writeStringField("ours", claim.ours().hash().toHex());
      json.writeStringField("text", claim.text());
      json.writeStringField("signature", claim.signature().toHex());
    }
    json.writeEndObject();
  }
}
