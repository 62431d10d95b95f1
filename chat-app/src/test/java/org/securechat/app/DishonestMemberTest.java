package org.securechat.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.securechat.app.Friends.Friend;
import org.securechat.client.conversation.Conversation;
import org.securechat.client.failure.RefusalCode;
import org.securechat.client.failure.RefusedException;
import org.securechat.crypto.AesGcm;
import org.securechat.crypto.HkdfSha256;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.DeletionText;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.MessageText;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.ConversationKey;
import org.securechat.protocol.conversation.EntryJson;
import org.securechat.protocol.conversation.ShownEntry;
import org.securechat.protocol.conversation.VerifiedEntry.Reason;
import org.securechat.protocol.key.IdentityKeyPair;

/** One member of three whose client keeps to no rule: the other two agree, and go on. */
class DishonestMemberTest extends BobIsLiedTo {
  private final ConversationKey key = ConversationKey.generate(random);
  private Friend mallory;
  private IdentityKeyPair identity;
  private Conversation bobs;
  private UserId self;

  @Override
  List<String> namesOfOthers() {
    return List.of("mallory");
  }

  /** Mallory renews the key, so that this test knows it. */
  @BeforeEach
  void renewKey() throws Exception {
    mallory = others.get(0);
    identity = mallory.session().saved().identity();
    mallory.conversations().open(alices.id()).join();
    bobs = bob.conversations().open(alices.id());
    self = mallory.idIn(alices);
    EpochStatement before = alices.epoch();
    EpochStatement next =
        EpochStatement.of(
            before.group(),
            before.epoch() + 1,
            before.hash(),
            key.commitment(),
            seen(),
            self,
            before.members());
    Map<Friend, String> keys = new HashMap<>();
    for (Friend friend : List.of(alice, bob, mallory)) {
      keys.put(friend, wrap(key, next, friend));
    }
    beginEpoch(mallory, next, keys);
    alices.catchUp();
    bobs.catchUp();
  }

  /** What Mallory has seen, which is everything. */
  private Seen seen() throws IOException {
    return mallory
        .conversations()
        .export(alices.id(), folder.resolve(UUID.randomUUID() + ".export"), false);
  }

  private MessageText header(Seen seen) {
    return new MessageText(
        alices.epoch().group(),
        alices.epoch().epoch(),
        self,
        new ClientId(UUID.randomUUID().toString()),
        clock.instant().toEpochMilli(),
        seen,
        0,
        List.of());
  }

  /** Sends what is no content of any honest client; returns where it stands. */
  private long send(MessageText header, String json, Function<Sha256, Signature> signature) {
    byte[] padded = Arrays.copyOf(json.getBytes(UTF_8), 256);
    padded[json.length()] = (byte) 0x80;
    byte[] nonce = random.bytes(MessageText.NONCE_LENGTH);
    byte[] derived =
        HkdfSha256.derive(
            key.secretBytes(), nonce, header.header(), AesGcm.KEY_LENGTH + AesGcm.IV_LENGTH);
    byte[] content =
        AesGcm.encrypt(
            Arrays.copyOf(derived, AesGcm.KEY_LENGTH),
            Arrays.copyOfRange(derived, AesGcm.KEY_LENGTH, derived.length),
            padded,
            header.header());
    return post(
            mallory,
            "/messages",
            data -> {
              data.writeStringField("client_id", header.client().value());
              data.writeNumberField("epoch", header.epoch());
              data.writeNumberField("sent_at", header.sentAtMillis());
              EntryJson.writeSeen("seen", header.seen(), data);
              data.writeStringField("content", Base64Text.encode(content));
              data.writeStringField("nonce", HexFormat.of().formatHex(nonce));
              data.writeStringField(
                  "signature", signature.apply(MessageText.contentHash(nonce, content)).toHex());
            })
        .object("message")
        .number("id");
  }

  private static Reason reason(Conversation conversation, long entry) {
    return assertInstanceOf(ShownEntry.Invalid.class, conversation.show(entry, entry).get(0))
        .reason();
  }

  /** Alice and Bob read on and write, and nobody blames the server. */
  private void assertTheOthersGoOn(String... before) {
    alices.catchUp();
    alices.say("next");
    bobs.catchUp();
    bobs.say("and next");
    alices.catchUp();
    List<String> texts = new ArrayList<>(List.of(before));
    texts.addAll(List.of("next", "and next"));
    for (Conversation each : List.of(alices, bobs, read())) {
      assertEquals(texts, Friends.texts(each));
    }
    for (Friend friend : List.of(alice, bob, mallory)) {
      assertEquals(Map.of(), friend.conversations().faults());
    }
  }

  @Test
  void honestlyWritten_isRead() throws IOException {
    MessageText header = header(seen());
    send(header, "{\"type\":\"text\",\"body\":\"hi\"}", hash -> identity.signMessage(header, hash));
    assertTheOthersGoOn("hi");
  }

  @Test
  void badSignatureInTheLog_isInvalidToBoth() throws IOException {
    MessageText header = header(seen());
    MessageText another = header(seen());
    long entry =
        send(
            header,
            "{\"type\":\"text\",\"body\":\"hi\"}",
            hash -> identity.signMessage(another, hash));
    assertTheOthersGoOn();

    assertEquals(Reason.BAD_SIGNATURE, reason(alices, entry));
    assertEquals(Reason.BAD_SIGNATURE, reason(bobs, entry));
  }

  @Test
  void duplicateNamesInAContent_areReadAsNeitherByBoth() throws IOException {
    MessageText header = header(seen());
    long entry =
        send(
            header,
            "{\"type\":\"text\",\"body\":\"yes\",\"body\":\"no\"}",
            hash -> identity.signMessage(header, hash));
    assertTheOthersGoOn();

    for (Conversation each : List.of(alices, bobs)) {
      assertEquals(
          new MessageContent.Unknown(Optional.empty()),
          assertInstanceOf(ShownEntry.Message.class, each.show(entry, entry).get(0)).content());
    }
  }

  /** The server refuses it; one that does not deletes nothing either. */
  @Test
  void deletionOfAnothersMessage_deletesNothing() throws IOException {
    long one = alices.say("one");
    Seen seen = seen();
    Signature signature =
        identity.signDeletion(new DeletionText(alices.epoch().group(), one, self, seen));
    RefusedException refused =
        assertThrows(
            RefusedException.class,
            () ->
                post(
                    mallory,
                    "/deletions",
                    json -> {
                      json.writeNumberField("message_id", one);
                      EntryJson.writeSeen("seen", seen, json);
                      json.writeStringField("signature", signature.toHex());
                    }));
    assertEquals(RefusalCode.FORBIDDEN, refused.code());
    insertCopy(
        one,
        one + 1,
        copy -> {
          copy.put("kind", "deletion");
          copy.put("sender_id", self.value());
          copy.put("deleted_id", one);
          copy.put("seen", Map.of("id", seen.entry(), "hash", seen.hash().toHex()));
          copy.put("signature", signature.toHex());
        });
    Conversation atAccomplice = read();
    assertEquals(Reason.NOT_ALLOWED, reason(atAccomplice, one + 1));
    assertEquals(List.of("one"), Friends.texts(atAccomplice));
    evil.beHonest();

    assertTheOthersGoOn("one");
  }

  /** The server refuses it, because it would look like the server's own lie. */
  @Test
  void falseSeen_doesNotGetIntoTheLog() throws IOException {
    Seen before = seen();
    MessageText header = header(new Seen(before.entry(), Sha256.of(new byte[] {1})));
    RefusedException refused =
        assertThrows(
            RefusedException.class,
            () ->
                send(
                    header,
                    "{\"type\":\"text\",\"body\":\"hi\"}",
                    hash -> identity.signMessage(header, hash)));
    assertEquals(RefusalCode.SEEN_MISMATCH, refused.code());
    assertEquals(before, seen());

    assertTheOthersGoOn();
  }
}
