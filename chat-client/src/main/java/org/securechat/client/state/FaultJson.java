package org.securechat.client.state;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.securechat.client.http.JsonObject;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.protocol.conversation.EntryJson;
import org.securechat.protocol.conversation.Evidence;
import org.securechat.protocol.conversation.Evidence.Earlier;
import org.securechat.protocol.conversation.ServerFault;
import org.securechat.protocol.conversation.ServerFault.Claim;

/** A server's fault as JSON, and back. */
public final class FaultJson {
  private FaultJson() {}

  /** Writes what {@link #read} reads, into an object that is open. */
  static void write(ServerFault fault, JsonGenerator json) throws IOException {
    json.writeStringField("kind", fault.kind().name());
    json.writeNumberField("entry", fault.entry());
    writeProof(fault, json);
  }

  /** Writes what proves it, into an object that is open: {@code claim} and {@code evidence}. */
  public static void writeProof(ServerFault fault, JsonGenerator json) throws IOException {
    if (fault.claim().isPresent()) {
      Claim claim = fault.claim().get();
      json.writeObjectFieldStart("claim");
      json.writeNumberField("signer", claim.signer().value());
      EntryJson.writeSeen("theirs", claim.theirs(), json);
      EntryJson.writeSeen("ours", claim.ours(), json);
      json.writeStringField("text", claim.text());
      json.writeStringField("signature", claim.signature().toHex());
      json.writeEndObject();
    }
    if (fault.evidence().isPresent()) {
      write(fault.evidence().get(), json);
    }
  }

  private static void write(Evidence evidence, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("evidence");
    json.writeNumberField("signer", evidence.signer().value());
    json.writeStringField("signature", evidence.signature().toHex());
    if (evidence.text().isPresent()) {
      json.writeStringField("text", evidence.text().get());
    }
    if (evidence.entry().isPresent()) {
      json.writeObjectFieldStart("entry");
      EntryJson.write(evidence.entry().get(), json);
      json.writeEndObject();
    }
    if (evidence.earlier().isPresent()) {
      Earlier earlier = evidence.earlier().get();
      json.writeObjectFieldStart("earlier");
      json.writeNumberField("entry", earlier.entry());
      json.writeStringField("signature", earlier.signature().toHex());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  /** Older state files have no evidence; their faults are read without. */
  static ServerFault read(JsonObject json) {
    return new ServerFault(
        ServerFault.Kind.valueOf(json.text("kind")),
        json.number("entry"),
        json.optionalObject("claim").map(FaultJson::claim),
        json.optionalObject("evidence").map(FaultJson::evidence));
  }

  private static Claim claim(JsonObject json) {
    return new Claim(
        new UserId(json.number("signer")),
        EntryJson.readSeen(json.object("theirs").members()),
        EntryJson.readSeen(json.object("ours").members()),
        json.text("text"),
        signature(json));
  }

  private static Evidence evidence(JsonObject json) {
    return new Evidence(
        new UserId(json.number("signer")),
        signature(json),
        json.optionalText("text"),
        json.optionalObject("entry").map(entry -> EntryJson.read(entry.members())),
        json.optionalObject("earlier").map(FaultJson::earlier));
  }

  private static Earlier earlier(JsonObject json) {
    return new Earlier(json.number("entry"), signature(json));
  }

  private static Signature signature(JsonObject json) {
    return Signature.parseHex(json.text("signature"))
        .orElseThrow(() -> new InvalidValueException("No signature"));
  }
}
