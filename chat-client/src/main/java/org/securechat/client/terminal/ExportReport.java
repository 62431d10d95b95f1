package org.securechat.client.terminal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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

  String text() {
    StringBuilder text = new StringBuilder();
    export.epoch().ifPresent(epoch -> appendMembers(text, epoch));
    appendCounts(text);
    appendFindings(text);
    line(text, "");
    line(text, "Running hash at entry %d: %s", compared.entry(), compared.hash().toHex());
    line(text, "Others who export this conversation must have the same at this entry.");
    line(text, "");
    text.append(verdict());
    return text.toString();
  }

  private void appendMembers(StringBuilder text, EpochStatement epoch) {
    line(text, "Group %s", epoch.group().value());
    line(
        text,
        "As %s (user %d) may read it, from behind entry %d to entry %d",
        export.member().name().value(),
        export.member().user().value(),
        export.beginning().entry(),
        export.end().entry());
    line(text, "");
    line(text, "Members of epoch %d, by name, role and key id:", epoch.epoch());
    for (Member member : epoch.members()) {
      line(
          text,
          "  %-24s  %-6s  %s",
          member.name().value(),
          member.role().word(),
          KeyId.of(member.key()).hex());
    }
    line(text, "");
  }

  private void appendCounts(StringBuilder text) {
    line(
        text,
        "%d messages, %d epochs, %d deletions, %d from before the member was added, %d invalid",
        export.count(Kind.MESSAGE),
        export.count(Kind.EPOCH),
        export.count(Kind.DELETION),
        export.count(Kind.HIDDEN),
        export.count(Kind.INVALID));
    line(
        text,
        "%d keys of epochs; %d messages can be read, %d have no content any more",
        export.keys(),
        export.readable(),
        export.erased());
  }

  private void appendFindings(StringBuilder text) {
    for (VerifiedEntry.Invalid invalid : export.invalid()) {
      line(
          text,
          "Entry %d is invalid, by some member's fault (said to be of %s): %s",
          invalid.id(),
          name(invalid.sender()),
          reason(invalid.reason()));
    }
    List<Long> withheld = export.withheld(now);
    if (!withheld.isEmpty()) {
      line(
          text,
          "Withheld, without anybody having deleted them: %s",
          withheld.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
    for (ChangedIdentity change : export.changes()) {
      line(
          text,
          "Entry %d: %s (user %d, key id %s) takes the place of %s (user %d, key id %s)",
          change.entry(),
          change.claimed().name().value(),
          change.claimed().user().value(),
          KeyId.of(change.claimed().key()).hex(),
          change.known().name().value(),
          change.known().user().value(),
          KeyId.of(change.known().key()).hex());
    }
  }

  private String verdict() {
    return export
        .fault()
        .map(ExportReport::faultText)
        .orElse(
            """
            Verified: every entry, against the keys above. No file can show whether these are
            the members' own (compare the key ids with them, or name those you know with --pin),
            when the server took an entry, and whether it kept newer ones back.\
            """);
  }

  private static String faultText(ServerFault fault) {
    StringBuilder text = new StringBuilder();
    line(text, "CAUGHT at entry %d: %s.", fault.entry(), fault.kind().sentence());
    fault
        .claim()
        .ifPresent(claim -> {
          line(text, "User %d has signed to have had the running hash", claim.signer().value());
          line(text, "  %s at entry %d;", claim.theirs().hash().toHex(), claim.theirs().entry());
          line(text, "this file has");
          line(text, "  %s there.", claim.ours().hash().toHex());
        });
    text.append("Nothing from there on is verified. The server did it, or whoever made the file.");
    return text.toString();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private String name(UserId user) {
    return export.people().stream()
        .filter(member -> member.user().equals(user))
        .findFirst()
        .map(member -> member.name().value())
        .orElse("user " + user.value());
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
