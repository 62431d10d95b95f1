package org.securechat.protocol.conversation;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.securechat.protocol.conversation.StatementVectors.drawn;
import static org.securechat.protocol.vectors.Drawn.draw;
import static org.securechat.protocol.vectors.Drawn.flipped;
import static org.securechat.protocol.vectors.Drawn.hex;
import static org.securechat.protocol.vectors.Failure.INVALID_SIGNATURE;
import static org.securechat.protocol.vectors.Failure.INVALID_VALUE;
import static org.securechat.protocol.vectors.VectorFile.vector;
import static org.securechat.protocol.vectors.VectorFile.with;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.DeletionText;
import org.securechat.domain.transcript.GroupId;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.conversation.TestLog.Person;
import org.securechat.protocol.key.IdentityKeyPair;
import org.securechat.protocol.vectors.Json;
import org.securechat.protocol.vectors.RawSignatures;
import org.securechat.protocol.vectors.VectorFile;
import org.securechat.protocol.vectors.VectorFormat;

/** What is signed to delete a message. Who may delete is for the logs to show. */
public final class DeletionVectors implements VectorFormat {
  private static final Person ALICE = drawn(10, "alice");
  private static final Person BOB = drawn(20, "bob");
  private static final long LARGEST = (1L << 53) - 1;

  private static final DeletionText GOOD = text("group", 7, ALICE.id(), 17);

  private static DeletionText text(String group, long message, UserId sender, long seen) {
    return new DeletionText(
        new GroupId(hex(draw(group))),
        message,
        sender,
        new Seen(seen, Sha256.copyOf(draw("seen"))));
  }

  @Override
  public String fileName() {
    return "deletion.json";
  }

  @Override
  public VectorFile make() {
    // M-13
    List<Map<String, Object>> cases =
        List.of(
            signed("a deletion", ALICE, GOOD),
            signed("of the first message there can be", BOB, text("group", 2, BOB.id(), 2)),
            signed(
                "the largest numbers",
                new Person(new UserId(LARGEST), BOB.name(), BOB.identity()),
                text("group", LARGEST, new UserId(LARGEST), LARGEST)));
    List<Map<String, Object>> refused = new ArrayList<>();
    Signature signature = ALICE.identity().signDeletion(GOOD);
    refused.add(
        no("signed by another", GOOD, BOB.identity().signDeletion(GOOD), INVALID_SIGNATURE));
    refused.add(
        no(
            "another group",
            text("another group", 7, ALICE.id(), 17),
            signature,
            INVALID_SIGNATURE));
    refused.add(
        no("another message", text("group", 8, ALICE.id(), 17), signature, INVALID_SIGNATURE));
    refused.add(no("another sender", text("group", 7, BOB.id(), 17), signature, INVALID_SIGNATURE));
    refused.add(
        no("another place seen", text("group", 7, ALICE.id(), 18), signature, INVALID_SIGNATURE));
    refused.add(
        no(
            "another history seen",
            new DeletionText(
                GOOD.group(), 7, ALICE.id(), new Seen(17, Sha256.copyOf(draw("another history")))),
            signature,
            INVALID_SIGNATURE));
    refused.add(
        no(
            "a bit of the signature",
            GOOD,
            Signature.copyOf(flipped(signature.toByteArray(), 63)),
            INVALID_SIGNATURE));
    refused.add(
        no(
            "the text without its last line's end",
            GOOD,
            Signature.copyOf(
                RawSignatures.signed(
                    ALICE.identity(),
                    new String(GOOD.bytes(), US_ASCII).strip().getBytes(US_ASCII))),
            INVALID_SIGNATURE));
    refused.add(with(no("message 0", GOOD, signature, INVALID_VALUE), "message", 0));
    refused.add(with(no("message 2^53", GOOD, signature, INVALID_VALUE), "message", LARGEST + 1));
    refused.add(
        with(
            no("the group in upper case", GOOD, signature, INVALID_VALUE),
            "group",
            "A" + GOOD.group().value().substring(1)));
    refused.add(
        with(
            no("a signature of 63 bytes", GOOD, signature, INVALID_VALUE),
            "signature",
            signature.toHex().substring(2)));
    return new VectorFile("4. Messages", "deletion of a message", cases, refused);
  }

  private static Map<String, Object> fields(String name, DeletionText text) {
    return vector(
        name,
        "group",
        text.group().value(),
        "message",
        text.message(),
        "sender_id",
        text.sender().value(),
        "seen",
        WireJson.of(text.seen()));
  }

  private static Map<String, Object> signed(String name, Person person, DeletionText text) {
    return with(
        fields(name, text),
        "seed",
        hex(person.identity().secretSeed()),
        "identity_key",
        person.identity().publicKey().toHex(),
        "signed_text",
        new String(text.bytes(), US_ASCII),
        "signature",
        person.identity().signDeletion(text).toHex());
  }

  private static Map<String, Object> no(
      String name, DeletionText text, Signature signature, String failure) {
    return with(
        fields(name, text),
        "identity_key",
        ALICE.identity().publicKey().toHex(),
        "signature",
        signature.toHex(),
        "failure",
        failure);
  }

  @Override
  public Map<String, Object> outcome(Json vector) throws Exception {
    DeletionText text =
        new DeletionText(
            new GroupId(vector.text("group")),
            vector.longNumber("message"),
            new UserId(vector.longNumber("sender_id")),
            WireJson.seen(vector.get("seen")));
    TestLog.STRICT.verify(
        IdentityKey.copyOf(vector.hex("identity_key")),
        text.bytes(),
        Signature.copyOf(vector.hex("signature")));
    return Map.of(
        "signed_text",
        new String(text.bytes(), US_ASCII),
        "signature",
        IdentityKeyPair.ofSeed(vector.hex("seed")).signDeletion(text).toHex());
  }
}
