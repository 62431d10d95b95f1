package org.securechat.testkit.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.securechat.testkit.wire.WireGroup.Line;
import org.securechat.testkit.wire.WireGroup.Seen;

/** What section 6 of the wire contract promises of messages, deletions and read marks. */
public interface TimelineApiContract {
  /** Who is there, and where. */
  WireWorld world();

  private WireUser alice() {
    return world().user("alice");
  }

  private WireUser bob() {
    return world().user("bob");
  }

  private WireUser carol() {
    return world().user("carol");
  }

  private static List<Object> ids(WireAnswer page) {
    return page.objects("messages").stream()
        .map(entry -> Objects.requireNonNull(entry.get("id")))
        .toList();
  }

  @Test
  default void post_aMessage_givesItsEntry() {
    WireGroup group = WireGroup.joined(alice(), bob());
    Map<String, @Nullable Object> message = group.message(bob(), "hello");

    WireAnswer answer = bob().post(group.path("/messages"), message).expect(201);

    assertEquals(List.of("message"), answer.names(""));
    String createdAt = answer.text("message.created_at");
    Map<String, @Nullable Object> expected =
        WireJson.object(
            "id", 2L,
            "kind", "message",
            "conversation_id", group.id(),
            "sender_id", bob().id(),
            "epoch", 1L,
            "created_at", createdAt,
            "client_id", message.get("client_id"),
            "sent_at", message.get("sent_at"),
            "seen", message.get("seen"),
            "content", message.get("content"),
            "nonce", message.get("nonce"),
            "content_hash",
                WireGroup.contentHash(
                    String.valueOf(message.get("nonce")), "hello".getBytes(StandardCharsets.UTF_8)),
            "signature", message.get("signature"),
            "files", List.of(),
            "expires_in", null,
            "expires_at", null);
    assertEquals(expected, answer.object("message"));
    assertEquals(List.copyOf(expected.keySet()), answer.names("message"));
    assertEquals(
        answer.object("message"),
        alice().get(group.path("/messages?after=1")).expect(200).object("messages.0"));
  }

  @Test
  default void post_sentAgain_givesTheFirstWhateverElseIsInIt() {
    WireGroup group = WireGroup.joined(alice(), bob());
    Map<String, @Nullable Object> message = group.message(alice(), "once");
    HttpRequest.Builder request =
        alice().prepare("POST", group.path("/messages"), WireJson.write(message));
    WireAnswer first = alice().send(request).expect(201);
    group.append(first.object("message"));
    group.advance(alice(), group.lines());

    assertEquals(first.object(""), alice().send(request).expect(200).object(""));
    Map<String, @Nullable Object> other = group.message(alice(), "another text");
    other.put("client_id", message.get("client_id"));
    other.put("epoch", 99L);
    assertEquals(
        first.object(""), alice().post(group.path("/messages"), other).expect(200).object(""));
    bob().post(group.path("/leave"), "{}").expect(200);
    assertEquals(
        first.object(""), alice().post(group.path("/messages"), other).expect(200).object(""));
    assertEquals(3, alice().get(group.path("/messages")).objects("messages").size());
  }

  @Test
  default void post_sameClientIdOfAnotherSender_isAnotherMessage() {
    WireGroup group = WireGroup.joined(alice(), bob());
    Map<String, @Nullable Object> hers = group.message(alice(), "a");
    group.send(alice(), hers);
    Map<String, @Nullable Object> his = group.message(bob(), "b");
    his.put("client_id", hers.get("client_id"));

    assertEquals(3, bob().post(group.path("/messages"), his).expect(201).number("message.id"));
  }

  @Test
  default void post_fieldsMissing_namesThemAll() {
    WireGroup group = WireGroup.begin(alice());

    alice()
        .post(group.path("/messages"), "{}")
        .refusedFields("client_id", "epoch", "sent_at", "seen", "content", "nonce", "signature");
    alice()
        .post(
            group.path("/messages"),
            "{\"client_id\":1,\"epoch\":\"1\",\"sent_at\":true,\"seen\":[],\"content\":{},"
                + "\"nonce\":1,\"signature\":[],\"file_ids\":{},\"expires_in\":\"1\"}")
        .refusedFields(
            "client_id",
            "epoch",
            "sent_at",
            "seen",
            "content",
            "nonce",
            "signature",
            "file_ids",
            "expires_in");
  }

  @Test
  default void post_fieldOutOfForm_namesIt() {
    WireGroup group = WireGroup.begin(alice());
    String uuid = UUID.randomUUID().toString();
    List<Object> tooMany = new ArrayList<>();
    for (long id = 1; id <= 33; id++) {
      tooMany.add(id);
    }
    Map<String, List<Object>> bad = new HashMap<>();
    bad.put(
        "client_id",
        List.of("", "F" + uuid.substring(1), uuid.replace("-", ""), uuid + " ", "{" + uuid + "}"));
    bad.put("epoch", List.of(0L, -1L, 9_007_199_254_740_992L));
    bad.put("sent_at", List.of(-1L, 9_007_199_254_740_992L));
    bad.put(
        "seen",
        List.of(
            Map.of(),
            Map.of("id", 1L),
            Map.of("hash", WireGroup.ZEROS),
            Map.of("id", -1L, "hash", WireGroup.ZEROS),
            Map.of("id", "1", "hash", WireGroup.ZEROS),
            Map.of("id", 1L, "hash", "00"),
            Map.of("id", 1L, "hash", "g".repeat(64)),
            Map.of("id", 9_007_199_254_740_992L, "hash", WireGroup.ZEROS)));
    bad.put(
        "content",
        List.of("", "=", "a", "AB==", "AAAA\n", "_-AA", WireGroup.base64(WireGroup.bytes(65_537))));
    bad.put("nonce", List.of("", "00".repeat(23), "00".repeat(25), "g".repeat(48)));
    bad.put("signature", List.of("", "0".repeat(127), "g".repeat(128)));
    bad.put(
        "file_ids",
        List.of(tooMany, List.of(1L, 1L), List.of(0L), List.of("1"), List.of(List.of())));
    bad.put("expires_in", List.of(0L, -1L, 31_536_001L));
    bad.forEach((field, values) -> {
      for (Object value : values) {
        Map<String, @Nullable Object> data = group.message(alice(), "x");
        data.put(field, value);
        alice().post(group.path("/messages"), data).refusedFields(field);
      }
    });
  }

  @Test
  default void post_fieldsAtTheirLimits_isAccepted() {
    WireGroup group = WireGroup.begin(alice());

    Map<String, @Nullable Object> largest =
        group.message(alice(), WireGroup.bytes(65_536), List.of(), 31_536_000L);
    largest.put("nonce", String.valueOf(largest.get("nonce")).toUpperCase(Locale.ROOT));
    largest.put("signature", String.valueOf(largest.get("signature")).toUpperCase(Locale.ROOT));
    largest.put("file_ids", null);
    Map<String, @Nullable Object> entry = group.send(alice(), largest);

    assertEquals(String.valueOf(largest.get("nonce")).toLowerCase(Locale.ROOT), entry.get("nonce"));
    assertEquals(31_536_000L, entry.get("expires_in"));
    Map<String, @Nullable Object> smallest =
        group.message(alice(), WireGroup.bytes(1), List.of(), 1L);
    smallest.put("content", "Bw");
    smallest.put("sent_at", 0L);
    assertEquals("Bw==", group.send(alice(), smallest).get("content"));
  }

  @Test
  default void post_bodyOverItsLimit_isTooLarge() {
    WireGroup group = WireGroup.begin(alice());
    Map<String, @Nullable Object> data = group.message(alice(), "x");
    data.put("more", "x".repeat(256 * 1024));

    alice().post(group.path("/messages"), data).refused("413 too_large");
  }

  @Test
  default void post_severalConflicts_areToldInTheirOrder() {
    WireGroup group = WireGroup.joined(alice(), bob(), carol());
    group.send(alice(), "first");
    group.advance(alice(), group.lines());
    Map<String, @Nullable Object> data = group.message(alice(), "x");
    data.put("epoch", 1L);
    data.put("seen", new Seen(group.last(), WireGroup.hex(32)).json());
    data.put("file_ids", List.of(1L));
    carol().post(group.path("/leave"), "{}").expect(200);

    assertEquals(
        2,
        alice()
            .post(group.path("/messages"), data)
            .refused("409 rekey_required")
            .number("current_epoch"));
    group.advance(alice(), List.of(new Line(alice(), "admin"), new Line(bob(), "member")));
    assertEquals(
        3,
        alice()
            .post(group.path("/messages"), data)
            .refused("409 stale_epoch")
            .number("current_epoch"));
    data.put("epoch", 3L);
    alice().post(group.path("/messages"), data).refused("409 seen_mismatch");
    data.put("seen", new Seen(group.last() + 1, WireGroup.hex(32)).json());
    alice().post(group.path("/messages"), data).refused("409 seen_mismatch");
    data.put("seen", group.seen(group.last() - 1).json()); // before the epoch's own entry
    alice().post(group.path("/messages"), data).refused("409 seen_mismatch");
    data.put("seen", group.seen().json());
    alice().post(group.path("/messages"), data).refusedFields("file_ids");
    data.put("epoch", 4L);
    alice().post(group.path("/messages"), data).refused("409 stale_epoch");
  }

  @Test
  default void post_seenThatLags_isAccepted() {
    WireGroup group = WireGroup.joined(alice(), bob());
    Map<String, @Nullable Object> lagging = group.message(bob(), "slow");
    group.send(alice(), "fast");

    assertEquals(3L, group.send(bob(), lagging).get("id"));
  }

  @Test
  default void pages_everyBound_exclude() {
    WireGroup group = WireGroup.begin(alice());
    for (int i = 2; i <= 6; i++) {
      group.send(alice(), "message " + i);
    }

    WireAnswer newest = alice().get(group.path("/messages?limit=2")).expect(200);
    assertEquals(List.of("messages", "has_more"), newest.names(""));
    assertEquals(List.of(5L, 6L), ids(newest));
    assertEquals(true, newest.at("has_more"));
    WireAnswer before = alice().get(group.path("/messages?before=5&limit=3")).expect(200);
    assertEquals(List.of(2L, 3L, 4L), ids(before));
    assertEquals(true, before.at("has_more"));
    WireAnswer oldest = alice().get(group.path("/messages?before=2&limit=3")).expect(200);
    assertEquals(List.of(1L), ids(oldest));
    assertEquals(false, oldest.at("has_more"));
    WireAnswer after = alice().get(group.path("/messages?after=1&limit=2")).expect(200);
    assertEquals(List.of(2L, 3L), ids(after));
    assertEquals(true, after.at("has_more"));
    WireAnswer rest = alice().get(group.path("/messages?after=4")).expect(200);
    assertEquals(List.of(5L, 6L), ids(rest));
    assertEquals(false, rest.at("has_more"));
    assertEquals(List.of(), ids(alice().get(group.path("/messages?after=6")).expect(200)));
    alice().get(group.path("/messages?before=3&after=1")).refusedFields("after");
    alice().get(group.path("/messages?before=x&after=-1")).refusedFields("before", "after");
    alice().get(group.path("/messages?before=01")).refusedFields("before");
    alice().get(group.path("/messages?after=9007199254740992")).refusedFields("after");
  }

  @Test
  default void page_withoutLimit_hasFifty() {
    WireGroup group = WireGroup.begin(alice());
    for (int i = 2; i <= 101; i++) {
      group.send(alice(), "message " + i);
    }

    assertEquals(50, alice().get(group.path("/messages")).expect(200).objects("messages").size());
    WireAnswer most = alice().get(group.path("/messages?limit=100")).expect(200);
    assertEquals(100, most.objects("messages").size());
    assertEquals(2L, most.at("messages.0.id"));
    assertEquals(true, most.at("has_more"));
  }

  @Test
  default void page_ofAnEpochAndADeletion_hasTheirMembers() {
    WireGroup group = WireGroup.joined(alice(), bob());
    group.send(bob(), "oops");
    Map<String, @Nullable Object> data = group.deletion(bob(), 2);

    WireAnswer answer = bob().post(group.path("/deletions"), data).expect(201);

    Map<String, @Nullable Object> expected =
        WireJson.object(
            "id", 3L,
            "kind", "deletion",
            "conversation_id", group.id(),
            "sender_id", bob().id(),
            "epoch", 1L,
            "created_at", answer.text("entry.created_at"),
            "deleted_id", 2L,
            "seen", data.get("seen"),
            "signature", data.get("signature"));
    assertEquals(expected, answer.object("entry"));
    WireAnswer page = alice().get(group.path("/messages")).expect(200);
    assertEquals(expected, page.object("messages.2"));
    assertEquals(List.copyOf(expected.keySet()), page.names("messages.2"));
    assertEquals(
        List.of(
            "id",
            "kind",
            "conversation_id",
            "sender_id",
            "epoch",
            "created_at",
            "statement",
            "statement_signature"),
        page.names("messages.0"));
    assertEquals(group.statement(), page.text("messages.0.statement"));
    assertEquals(alice().sign(group.statement()), page.text("messages.0.statement_signature"));
  }

  @Test
  default void page_ofANewMember_beginsWithStubsThatProveThemselves() {
    WireGroup group = WireGroup.joined(alice(), bob());
    group.send(alice(), "unseen by the statement's author");
    Seen attested = group.seen();
    List<Line> three =
        List.of(new Line(alice(), "admin"), new Line(bob(), "member"), new Line(carol(), "member"));
    String statement = group.nextStatement(alice(), three);
    group.send(bob(), "meanwhile");
    group.send(bob(), "and more");
    group.follow(
        alice().post(group.path("/epochs"), group.next(alice(), statement, three)).expect(201),
        three);
    group.join(carol());
    group.send(alice(), "welcome");

    WireAnswer page = carol().get(group.path("/messages")).expect(200);

    assertEquals(List.of(3L, 4L, 5L, 6L), ids(page));
    assertEquals(false, page.at("has_more"));
    assertEquals(
        List.of(
            "id",
            "kind",
            "conversation_id",
            "sender_id",
            "epoch",
            "created_at",
            "stub",
            "body_hash",
            "signature"),
        page.names("messages.0"));
    assertEquals(true, page.at("messages.0.stub"));
    assertEquals("message", page.at("messages.0.kind"));
    assertFalse(page.object("messages.2").containsKey("stub"));
    String hash = attested.hash();
    for (Map<String, @Nullable Object> entry : page.objects("messages")) {
      hash = group.nextHash(hash, entry);
    }
    assertEquals(group.seen().hash(), hash);
    assertEquals(List.of(), ids(carol().get(group.path("/messages?before=3")).expect(200)));
    assertEquals(
        List.of(3L), ids(carol().get(group.path("/messages?after=0&limit=1")).expect(200)));
    carol().post(group.path("/deletions"), group.deletion(carol(), 3)).refused("404 not_found");
  }

  @Test
  default void message_expired_keepsEverythingButItsContent() {
    WireGroup group = WireGroup.joined(alice(), bob());
    Map<String, @Nullable Object> message =
        group.message(alice(), WireGroup.bytes(9), List.of(), 60L);
    Map<String, @Nullable Object> entry = group.send(alice(), message);
    Instant createdAt = Instant.parse(String.valueOf(entry.get("created_at")));
    assertEquals(createdAt.plusSeconds(60), Instant.parse(String.valueOf(entry.get("expires_at"))));

    world().clock().advance(Duration.ofSeconds(61));

    Map<String, @Nullable Object> expected = new LinkedHashMap<>(entry);
    expected.put("content", null);
    expected.put("nonce", null);
    assertEquals(
        expected, bob().get(group.path("/messages?after=1")).expect(200).object("messages.0"));
    assertEquals(
        expected, alice().post(group.path("/messages"), message).expect(200).object("message"));
  }

  @Test
  default void deletion_bySenderOrAdmin_erasesTheContentOnly() {
    WireGroup group = WireGroup.joined(alice(), bob(), carol());
    Map<String, @Nullable Object> first = group.send(bob(), "one");
    group.send(bob(), "two");
    group.send(alice(), "three");

    carol().post(group.path("/deletions"), group.deletion(carol(), 2)).refused("403 forbidden");
    bob().post(group.path("/deletions"), group.deletion(bob(), 4)).refused("403 forbidden");
    group.delete(bob(), 2);
    group.delete(alice(), 3);

    Map<String, @Nullable Object> expected = new LinkedHashMap<>(first);
    expected.put("content", null);
    expected.put("nonce", null);
    WireAnswer page = carol().get(group.path("/messages?after=1")).expect(200);
    assertEquals(expected, page.object("messages.0"));
    assertNull(page.at("messages.1.content"));
    assertEquals("dGhyZWU=", page.at("messages.2.content"));
  }

  @Test
  default void deletion_again_givesTheFirst() {
    WireGroup group = WireGroup.joined(alice(), bob());
    group.send(bob(), "one");
    Map<String, @Nullable Object> deletion = group.delete(bob(), 2);

    assertEquals(
        deletion,
        bob().post(group.path("/deletions"), group.deletion(bob(), 2)).expect(200).object("entry"));
    assertEquals(
        deletion,
        alice()
            .post(group.path("/deletions"), group.deletion(alice(), 2))
            .expect(200)
            .object("entry"));
    HttpRequest.Builder request =
        alice()
            .prepare("POST", group.path("/deletions"), WireJson.write(group.deletion(alice(), 2)));
    alice().send(request).expect(200);
    assertEquals(3, group.last());
  }

  @Test
  default void deletion_bad_isRefused() {
    WireGroup group = WireGroup.joined(alice(), bob());
    group.send(bob(), "one");
    String path = group.path("/deletions");

    bob().post(path, "{}").refusedFields("message_id", "seen", "signature");
    for (Object id : List.of(0L, -1L, "2", 9_007_199_254_740_992L)) {
      Map<String, @Nullable Object> data = group.deletion(bob(), 2);
      data.put("message_id", id);
      bob().post(path, data).refusedFields("message_id");
    }
    Map<String, @Nullable Object> forged = group.deletion(bob(), 2);
    forged.put("signature", alice().sign("another text"));
    bob().post(path, forged).refusedFields("signature");
    bob().post(path, group.deletion(bob(), 1)).refused("404 not_found"); // no message
    bob().post(path, group.deletion(bob(), 99)).refused("404 not_found");
    Seen wrong = new Seen(2, WireGroup.hex(32));
    Map<String, @Nullable Object> elsewhere = group.deletion(bob(), 2);
    elsewhere.put("seen", wrong.json());
    elsewhere.put(
        "signature",
        bob()
            .sign(
                "secure-chat/v1/deletion\ngroup %s\nmessage 2\nsender %d\nseen 2 %s\n"
                    .formatted(group.groupId(), bob().id(), wrong.hash())));
    bob().post(path, elsewhere).refused("409 seen_mismatch");
  }

  @Test
  default void deletion_byteForByteAgain_isAReplay() {
    WireGroup group = WireGroup.joined(alice(), bob());
    group.send(bob(), "one");
    HttpRequest.Builder request =
        bob().prepare("POST", group.path("/deletions"), WireJson.write(group.deletion(bob(), 2)));

    bob().send(request).expect(201);
    bob().send(request).refused("401 replayed_request");
  }

  @Test
  default void mark_moved_onlyGoesForward() {
    WireGroup group = WireGroup.joined(alice(), bob());
    group.send(alice(), "one");
    group.send(alice(), "two");
    String path = group.path("/read");
    assertEquals(2, bob().get(group.path("")).expect(200).number("conversation.unread"));

    assertEquals(
        WireJson.object("read_up_to", 2L),
        bob().post(path, "{\"up_to\":2}").expect(200).object(""));
    assertEquals(2, bob().post(path, "{\"up_to\":0}").expect(200).number("read_up_to"));
    assertEquals(1, bob().get(group.path("")).expect(200).number("conversation.unread"));
    HttpRequest.Builder twice = bob().prepare("POST", path, "{\"up_to\":3}");
    bob().send(twice).expect(200);
    bob().send(twice).expect(200);

    bob().post(path, "{\"up_to\":4}").refusedFields("up_to");
    for (String bad : List.of("{}", "{\"up_to\":-1}", "{\"up_to\":\"1\"}", "{\"up_to\":1.5}")) {
      bob().post(path, bad).refusedFields("up_to");
    }
    WireAnswer answer = alice().get(group.path("")).expect(200);
    assertEquals(
        3L,
        answer.objects("conversation.participants").stream()
            .filter(each -> Objects.equals(each.get("user_id"), bob().id()))
            .findAny()
            .orElseThrow()
            .get("read_up_to"));
  }
}
