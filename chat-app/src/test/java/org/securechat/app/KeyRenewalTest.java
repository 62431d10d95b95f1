package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.securechat.client.conversation.Conversation;
import org.securechat.client.failure.RefusedException;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.MessageText;
import org.securechat.protocol.conversation.EntryJson;
import org.securechat.protocol.conversation.ReceivedEntry;
import org.securechat.protocol.key.IdentityKeyPair;

/** When a client renews the key by itself, in a log that took no server so many requests. */
class KeyRenewalTest extends BobIsLiedTo {
  @Test
  void say_afterAThousandMessages_beginsAnEpochFirst() {
    long one = alices.say("one of many");

    assertEquals("/api" + path("/messages"), firstPostAfter(one, 999));
    assertEquals("/api" + path("/epochs"), firstPostAfter(one, 1_000));
  }

  /** Where Bob's client turns first to say something after so many messages. */
  private String firstPostAfter(long one, int messages) {
    changeEntries(entries -> multiply(entries, one, messages));
    Conversation bobs = read();
    assertEquals(one + messages - 1, bobs.last());
    List<String> posts = new CopyOnWriteArrayList<>();
    evil.tell((asked, honest) -> {
      if (asked.method().equals("GET")) {
        return honest.ask();
      }
      posts.add(asked.target());
      return LyingServer.Told.problem(
          403, "forbidden", Map.of("Content-Type", List.of("application/problem+json")));
    });
    assertThrows(RefusedException.class, () -> bobs.say("one more"));
    evil.beHonest();
    return posts.get(0);
  }

  /** As if Alice had sent a message so often, each time under another id, and read nothing new. */
  private void multiply(List<Map<String, @Nullable Object>> entries, long one, int messages) {
    if (entries.stream().noneMatch(entry -> isAt(entry, one))) {
      return;
    }
    IdentityKeyPair identity = alice.session().saved().identity();
    Map<String, @Nullable Object> original = entry(entries, one);
    ReceivedEntry.Message said = (ReceivedEntry.Message) EntryJson.read(original);
    for (long id = one + 1; id < one + messages; id++) {
      ClientId client = new ClientId(UUID.randomUUID().toString());
      MessageText header =
          new MessageText(
              alices.epoch().group(),
              said.epoch(),
              said.sender(),
              client,
              said.sentAtMillis(),
              said.seen(),
              said.expiresSeconds(),
              said.files());
      Map<String, @Nullable Object> copy = new LinkedHashMap<>(original);
      copy.put("id", id);
      copy.put("client_id", client.value());
      copy.put("signature", identity.signMessage(header, said.contentHash()).toHex());
      entries.add(copy);
    }
  }
}
