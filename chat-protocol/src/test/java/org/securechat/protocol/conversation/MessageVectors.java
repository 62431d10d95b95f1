package org.securechat.protocol.conversation;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.securechat.protocol.conversation.StatementVectors.drawn;
import static org.securechat.protocol.vectors.Drawn.draw;
import static org.securechat.protocol.vectors.Drawn.flipped;
import static org.securechat.protocol.vectors.Drawn.hex;
import static org.securechat.protocol.vectors.Drawn.source;
import static org.securechat.protocol.vectors.VectorFile.object;
import static org.securechat.protocol.vectors.VectorFile.with;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.securechat.crypto.AesGcm;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.MessageText;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.content.AttachedFile;
import org.securechat.protocol.content.ContentCodec;
import org.securechat.protocol.content.ContentVectors;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.TestLog.Person;
import org.securechat.protocol.file.FileKey;
import org.securechat.protocol.key.IdentityKeyPair;
import org.securechat.protocol.vectors.Failure;
import org.securechat.protocol.vectors.Json;
import org.securechat.protocol.vectors.VectorFile;
import org.securechat.protocol.vectors.VectorFormat;

/** A message from what it says to what stands in the log, and back; entry 2 of its log. */
public final class MessageVectors implements VectorFormat {
  private static final Person ALICE = drawn(10, "alice");
  private static final Person BOB = drawn(20, "bob");
  private static final Person MALLORY = drawn(40, "mallory");

  private final List<Map<String, Object>> cases = new ArrayList<>();
  private final List<Map<String, Object>> refused = new ArrayList<>();

  @Override
  public String fileName() {
    return "message.json";
  }

  @Override
  public VectorFile make() throws Exception {
    cases.clear();
    refused.clear();
    write();
    writeUnknown();
    refuse();
    return new VectorFile("4. Messages", "message", cases, refused);
  }

  private static TestLog log(String name) {
    return TestLog.begin(source("message: " + name), ALICE, BOB);
  }

  private static MessageContent text(String body) {
    return new MessageContent.Text(body, Optional.empty());
  }

  private static AttachedFile file(long id) {
    return new AttachedFile(
        id,
        FileKey.copyOf(draw("file key " + id)),
        "a.txt",
        "text/plain",
        1,
        Sha256.copyOf(draw("ciphertext " + id)));
  }

  private void write() throws Exception {
    // M-1, M-3, M-6, M-7, M-11
    int frame = "{\"type\":\"text\",\"body\":\"\"}".length();
    written("a text", text("hello"), 0);
    written("a text of 255 bytes", text("a".repeat(255 - frame)), 0);
    written("a text of 256 bytes", text("a".repeat(256 - frame)), 0);
    written("a text beyond ASCII", text("\u00e9\ud83d\ude80"), 0);
    written("that expires", text("soon"), 31_536_000);
    written("a name", new MessageContent.Name("the team"), 0);
    written(
        "two files in the order of the header",
        new MessageContent.Files(List.of(file(2), file(1)), Optional.of("look")),
        0);
  }

  private void written(String name, MessageContent content, long expires) throws Exception {
    TestLog log = log(name);
    accepted(name, log, log.send(BOB, content, log.seen(), expires));
  }

  private void writeUnknown() throws Exception {
    // M-11, M-12
    unknown("a later type", "{\"type\":\"poll\",\"question\":\"?\"}");
    unknown("no JSON", "hello");
    unknown("a member twice", "{\"type\":\"text\",\"body\":\"a\",\"body\":\"b\"}");
    TestLog padding = log("other padding");
    byte[] padded = ContentCodec.encode(text("hello"));
    padded[padded.length - 1] = 1;
    accepted("other padding", padding, padding.sendPadded(BOB, padded, List.of()));

    byte[] files =
        ContentCodec.encode(new MessageContent.Files(List.of(file(1)), Optional.empty()));
    TestLog other = log("another file");
    accepted(
        "another file than the header's",
        other,
        other.sendPadded(BOB, files, List.of(file(2).sha256())));
    TestLog none = log("no file in the header");
    accepted("a file that is not in the header", none, none.sendPadded(BOB, files, List.of()));
    TestLog order = log("another order");
    byte[] two =
        ContentCodec.encode(new MessageContent.Files(List.of(file(1), file(2)), Optional.empty()));
    accepted(
        "files in another order than the header's",
        order,
        order.sendPadded(BOB, two, List.of(file(2).sha256(), file(1).sha256())));
    TestLog only = log("only in the header");
    accepted(
        "a file in the header alone",
        only,
        only.sendPadded(BOB, ContentCodec.encode(text("hello")), List.of(file(1).sha256())));

    TestLog key = log("another key");
    ReceivedEntry.Message good = key.say(BOB, "hello");
    Ciphertext noise = Ciphertext.copyOf(draw("nonce", 24), draw("noise", 272));
    ReceivedEntry.Message signed =
        new Changed(good)
            .ciphertext(Optional.of(noise))
            .contentHash(noise.hash())
            .signedBy(key, BOB);
    accepted("a content that does not open, signed", key, signed);
  }

  private void unknown(String name, String json) throws Exception {
    TestLog log = log(name);
    byte[] padded = Arrays.copyOf(json.getBytes(UTF_8), 256);
    padded[json.length()] = (byte) 0x80;
    accepted(name, log, log.sendPadded(BOB, padded, List.of()));
  }

  private static Map<String, Object> given(String name, TestLog log, ReceivedEntry entry) {
    return with(
        LogVectors.given(name, log, ALICE, List.of(log.entries.get(0), entry)),
        "conversation_key",
        hex(log.key(1).conversationKey().secretBytes()));
  }

  private void accepted(String name, TestLog log, ReceivedEntry entry) throws Exception {
    Map<String, Object> vector = new LinkedHashMap<>(given(name, log, entry));
    vector.put("seed", hex(BOB.identity().secretSeed()));
    vector.putAll(outcome(Json.of(vector)));
    cases.add(vector);
  }

  private void refuse() throws Exception {
    // M-8, M-9, T-8
    TestLog log = log("refused");
    ReceivedEntry.Message good = log.send(BOB, text("hello"), log.seen(), 60);
    ClientId client = new ClientId("00000000-0000-4000-8000-000000000000");
    refused(
        "signed by another member", log, new Changed(good).signedBy(log, ALICE), "bad_signature");
    refused("another sender", log, new Changed(good).sender(ALICE.id()).entry(), "bad_signature");
    refused("a sender outside", log, new Changed(good).sender(MALLORY.id()).entry(), "no_member");
    refused(
        "a sender outside, signed by it",
        log,
        new Changed(good).sender(MALLORY.id()).signedBy(log, MALLORY),
        "no_member");
    refused("another client id", log, new Changed(good).client(client).entry(), "bad_signature");
    refused(
        "another time",
        log,
        new Changed(good).sentAt(good.sentAtMillis() - 1).entry(),
        "bad_signature");
    refused("another time to expiry", log, new Changed(good).expires(61).entry(), "bad_signature");
    refused(
        "another history seen",
        log,
        new Changed(good).seen(new Seen(1, good.contentHash())).entry(),
        "bad_signature");
    refused(
        "a file more",
        log,
        new Changed(good).files(List.of(good.contentHash())).entry(),
        "bad_signature");
    refused(
        "another content hash, without a content",
        log,
        new Changed(good)
            .ciphertext(Optional.empty())
            .contentHash(Sha256.copyOf(draw("hash")))
            .entry(),
        "bad_signature");
    refused(
        "a bit of the signature",
        log,
        new Changed(good)
            .signature(Signature.copyOf(flipped(good.signature().toByteArray(), 10)))
            .entry(),
        "bad_signature");
    Ciphertext sealed = good.ciphertext().orElseThrow();
    Ciphertext other = Ciphertext.copyOf(flipped(sealed.nonce(), 0), sealed.content());
    refused(
        "another nonce, and the hash of it",
        log,
        new Changed(good).ciphertext(Optional.of(other)).contentHash(other.hash()).entry(),
        "bad_signature");
    TestLog twin = log("another group");
    refused(
        "of another group", log, twin.send(BOB, text("hello"), log.seen(1), 60), "bad_signature");
    refused(
        "it has not seen its epoch",
        log,
        new Changed(good).seen(Seen.NOTHING).signedBy(log, BOB),
        "seen_before_epoch");
    exchanged("another nonce", log, new Changed(good).ciphertext(Optional.of(other)).entry());
    exchanged(
        "a bit of the content",
        log,
        new Changed(good)
            .ciphertext(
                Optional.of(Ciphertext.copyOf(sealed.nonce(), flipped(sealed.content(), 3))))
            .entry());
    refusedForm("33 files", log, good, "files", files(33));
    refusedForm("sent before 1970", log, good, "sent_at", -1);
    refusedForm("sent at 2^53", log, good, "sent_at", 1L << 53);
    refusedForm("it expires before it is sent", log, good, "expires_in", -1);
    refusedForm("a nonce of 23 bytes", log, good, "nonce", hex(sealed.nonce()).substring(2));
    refusedForm(
        "a client id in upper case", log, good, "client_id", "A" + client.value().substring(1));
    refusedForm("a sender of id 0", log, good, "sender_id", 0);
    refusedForm(
        "a signature of 63 bytes", log, good, "signature", good.signature().toHex().substring(2));
    refusedForm(
        "a content hash of 31 bytes",
        log,
        good,
        "content_hash",
        good.contentHash().toHex().substring(2));
  }

  private static List<Map<String, Object>> files(int count) {
    List<Map<String, Object>> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(object("sha256", Sha256.copyOf(draw("file " + i)).toHex()));
    }
    return files;
  }

  private void refused(String name, TestLog log, ReceivedEntry entry, String failure) {
    refused.add(with(given(name, log, entry), "failure", failure));
  }

  /** Not what its sender signed, which only the server can have done. */
  private void exchanged(String name, TestLog log, ReceivedEntry entry) {
    refused.add(with(given(name, log, entry), "failure", "content_changed", "entry", entry.id()));
  }

  private void refusedForm(
      String name, TestLog log, ReceivedEntry.Message good, String member, Object value) {
    // M-2
    Map<String, Object> vector = new LinkedHashMap<>(given(name, log, good));
    vector.put(
        "entries",
        List.of(WireJson.of(log.entries.get(0)), with(WireJson.of(good), member, value)));
    refused.add(with(vector, "failure", Failure.INVALID_VALUE));
  }

  @Override
  public Map<String, Object> outcome(Json vector) throws Exception {
    Transcript transcript = LogVectors.begin(vector);
    List<ReceivedEntry> entries = LogVectors.entries(vector);
    transcript.accept(entries.get(0));
    VerifiedEntry verified = transcript.accept(entries.get(1));
    if (verified instanceof VerifiedEntry.Invalid invalid) {
      return object("failure", Failure.of(invalid.reason()));
    }
    EpochStatement statement = transcript.epoch().orElseThrow();
    EpochKey key = EpochKey.of(ConversationKey.ofOpened(vector.hex("conversation_key")), statement);
    return results(vector, key, (VerifiedMessage) verified, (ReceivedEntry.Message) entries.get(1));
  }

  private static Map<String, Object> results(
      Json vector, EpochKey key, VerifiedMessage message, ReceivedEntry.Message entry)
      throws Exception {
    MessageText header = message.header();
    Ciphertext ciphertext = entry.ciphertext().orElseThrow();
    byte[] derived = key.derive(ciphertext.nonce(), header);
    MessageContent content = message.open(key).orElseThrow();
    Map<String, Object> results =
        object(
            "header",
            new String(header.header(), US_ASCII),
            "derived_key",
            hex(Arrays.copyOf(derived, AesGcm.KEY_LENGTH)),
            "derived_iv",
            hex(Arrays.copyOfRange(derived, AesGcm.KEY_LENGTH, derived.length)),
            "signed_text",
            new String(header.signed(ciphertext.hash()), US_ASCII),
            "shown",
            ContentVectors.members(content));
    if (content instanceof MessageContent.Unknown) {
      return results;
    }
    IdentityKeyPair sender = IdentityKeyPair.ofSeed(vector.hex("seed"));
    OutgoingMessage again = key.seal(header, content, sender, count -> ciphertext.nonce());
    assertEquals(entry.contentHash(), again.ciphertext().hash());
    assertEquals(entry.signature(), again.signature());
    return with(results, "padded", hex(key.open(header, ciphertext)));
  }
}
