package org.securechat.testkit.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.securechat.testkit.TestUser;
import org.securechat.testkit.wire.WireGroup.Line;
import org.securechat.testkit.wire.WireGroup.Seen;

/** What section 5 of the wire contract promises. */
public interface ConversationApiContract {
  /** No id, or nobody's. */
  List<String> UNKNOWN = List.of("1", "0", "01", "-1", "+1", "x", "1.0", "9007199254740992");

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

  private static Line admin(WireUser user) {
    return new Line(user, "admin");
  }

  private static Line member(WireUser user) {
    return new Line(user, "member");
  }

  @Test
  default void start_withOthers_givesTheConversation() {
    WireGroup group = new WireGroup();

    WireAnswer answer =
        alice()
            .post(
                "/api/conversations", group.start(alice(), List.of(admin(alice()), member(bob()))))
            .expect(201);

    assertEquals(List.of("conversation"), answer.names(""));
    assertEquals(
        List.of(
            "id",
            "group_id",
            "name",
            "created_at",
            "epoch",
            "rekey_required",
            "last_id",
            "unread",
            "participant_count",
            "participants",
            "key"),
        answer.names("conversation"));
    assertEquals(group.groupId(), answer.text("conversation.group_id"));
    assertEquals("Table of " + alice().name(), answer.text("conversation.name"));
    assertTrue(
        answer
            .text("conversation.created_at")
            .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
    assertEquals(1, answer.number("conversation.epoch"));
    assertEquals(false, answer.at("conversation.rekey_required"));
    assertEquals(1, answer.number("conversation.last_id"));
    assertEquals(0, answer.number("conversation.unread"));
    assertEquals(2, answer.number("conversation.participant_count"));
    assertEquals(
        WireJson.object("epoch", 1L, "key_data", WireGroup.keyData(alice())),
        answer.object("conversation.key"));
    for (Map<String, @Nullable Object> participant : answer.objects("conversation.participants")) {
      boolean own = Objects.equals(participant.get("user_id"), alice().id());
      WireUser user = own ? alice() : bob();
      assertEquals(
          WireJson.object(
              "user_id",
              user.id(),
              "username",
              user.name(),
              "public_key",
              user.key().identityKey().toPem(),
              "role",
              own ? "admin" : "member",
              "state",
              own ? "joined" : "invited",
              "joined_at",
              own ? answer.text("conversation.created_at") : null,
              "read_up_to",
              0L),
          participant);
      assertEquals(
          List.of("user_id", "username", "public_key", "role", "state", "joined_at", "read_up_to"),
          List.copyOf(participant.keySet()));
    }
  }

  @Test
  default void start_aloneAndWithoutName_isOneOfOne() {
    WireGroup group = new WireGroup();
    Map<String, @Nullable Object> data = group.start(alice(), List.of(admin(alice())));
    data.remove("name");

    WireAnswer answer = alice().post("/api/conversations", data).expect(201);

    assertNull(answer.at("conversation.name"));
    assertEquals(1, answer.number("conversation.participant_count"));
  }

  @Test
  default void start_fieldsMissingOrOfAnotherType_namesThemAll() {
    String[] fields = {"group_id", "statement", "statement_signature", "keys"};
    alice().post("/api/conversations", "{}").refusedFields(fields);
    alice()
        .post(
            "/api/conversations",
            "{\"group_id\":1,\"name\":{},\"statement\":[],\"statement_signature\":true,\"keys\":{}}")
        .refusedFields("group_id", "name", "statement", "statement_signature", "keys");
  }

  @Test
  default void start_fieldOutOfForm_namesIt() {
    String longest = WireGroup.base64(WireGroup.bytes(8 * 1024));
    Map<String, List<Object>> bad =
        Map.of(
            "group_id",
            List.of("", "ab", "A".repeat(64), "g".repeat(64), "0".repeat(63), "0".repeat(65)),
            "name",
            List.of("n".repeat(201), "a\nb", 1L),
            "statement_signature",
            List.of("", "0".repeat(127), "0".repeat(130), "g".repeat(128)),
            "keys",
            List.of(
                List.of(1L),
                List.of(List.of()),
                List.of(Map.of()),
                List.of(Map.of("user_id", 1L)),
                List.of(Map.of("key_data", longest)),
                List.of(Map.of("user_id", 0L, "key_data", longest)),
                List.of(Map.of("user_id", "1", "key_data", longest)),
                List.of(Map.of("user_id", 1L, "key_data", "")),
                List.of(Map.of("user_id", 1L, "key_data", "!")),
                List.of(
                    Map.of(
                        "user_id",
                        alice().id(),
                        "key_data",
                        WireGroup.base64(WireGroup.bytes(8 * 1024 + 1))))));
    bad.forEach((field, values) -> {
      for (Object value : values) {
        Map<String, @Nullable Object> data =
            new WireGroup().start(alice(), List.of(admin(alice())));
        data.put(field, value);
        alice().post("/api/conversations", data).refusedFields(field);
      }
    });
  }

  @Test
  default void start_fieldsAtTheirLimits_isAccepted() {
    Map<String, @Nullable Object> data = new WireGroup().start(alice(), List.of(admin(alice())));
    data.put("name", "n".repeat(200));
    String longest = WireGroup.base64(WireGroup.bytes(8 * 1024));
    data.put("keys", List.of(WireGroup.key(alice().id(), longest.replace("=", ""))));
    data.put(
        "statement_signature",
        String.valueOf(data.get("statement_signature")).toUpperCase(Locale.ROOT));

    WireAnswer answer = alice().post("/api/conversations", data).expect(201);

    assertEquals(longest, answer.text("conversation.key.key_data"));
  }

  @Test
  default void start_keysOverTheLimitOrBodyTooLarge_isRefused() {
    List<@Nullable Object> keys = new ArrayList<>();
    for (long user = 1; user <= 1000; user++) {
      keys.add(WireGroup.key(user, "AAAA"));
    }
    Map<String, @Nullable Object> data = new WireGroup().start(alice(), List.of(admin(alice())));
    data.put("keys", keys);
    alice().post("/api/conversations", data).refused("400 incomplete_keys");
    keys.add(WireGroup.key(1001, "AAAA"));
    alice().post("/api/conversations", data).refusedFields("keys");
    keys.clear();
    String large = WireGroup.base64(WireGroup.bytes(8 * 1024));
    for (long user = 1; user <= 300; user++) {
      keys.add(WireGroup.key(user, large));
    }
    alice().post("/api/conversations", data).refused("400 incomplete_keys");
    data.put("more", "x".repeat(1024 * 1024));
    alice().post("/api/conversations", data).refused("413 too_large");
  }

  @Test
  default void start_statementBad_isRefused() {
    WireGroup group = new WireGroup();
    List<Line> both = List.of(admin(alice()), member(bob()));
    String good = group.statement(alice(), 1, WireGroup.ZEROS, new Seen(0, WireGroup.ZEROS), both);
    List<String> bad =
        List.of(
            "",
            "hello",
            good + "\n",
            good.replace("\n", "\r\n"),
            good.replace("epoch 1\n", "epoch 2\n"),
            good.replace("epoch 1\n", "epoch 01\n"),
            good.replace("seen 0 ", "seen 1 "),
            good.replace("previous 0", "previous 1"),
            good.replace(group.groupId(), WireGroup.hex(32)),
            good.replace("author " + alice().id(), "author " + bob().id()),
            good.replace(" admin ", " member "),
            good.replace(" " + bob().name() + "\n", " " + bob().name() + "x\n"),
            good.replace(bob().keyHex(), carol().keyHex()));
    for (String statement : bad) {
      Map<String, @Nullable Object> data = group.start(alice(), both);
      data.put("statement", statement);
      data.put("statement_signature", alice().sign(statement));
      WireAnswer answer = alice().post("/api/conversations", data).refused("400 invalid_statement");
      assertEquals(List.of("statement"), answer.names("fields"), statement);
    }
    Map<String, @Nullable Object> data = group.start(alice(), both);
    data.put("statement_signature", bob().sign(good));
    alice().post("/api/conversations", data).refused("400 invalid_statement");
  }

  @Test
  default void start_keysNotOneForEach_isRefused() {
    List<Line> both = List.of(admin(alice()), member(bob()));
    List<List<Line>> bad =
        List.of(
            List.of(),
            List.of(admin(alice())),
            List.of(admin(alice()), member(bob()), member(bob())),
            List.of(admin(alice()), member(bob()), member(carol())),
            List.of(admin(alice()), member(carol())));
    for (List<Line> keys : bad) {
      Map<String, @Nullable Object> data = new WireGroup().start(alice(), both);
      data.put("keys", WireGroup.keys(keys));
      alice().post("/api/conversations", data).refused("400 incomplete_keys");
    }
  }

  @Test
  default void start_groupIdInUse_isRefusedForEverybody() {
    WireGroup group = WireGroup.begin(alice());

    bob()
        .post("/api/conversations", group.start(bob(), List.of(admin(bob()))))
        .refused("409 group_id_taken");
  }

  @Test
  default void start_withSomebodyUnknownOrWhoBlocks_isTheSameRefusal() {
    WireUser dora = world().user("dora");
    dora.post("/api/users/" + alice().name() + "/block", "{}").expect(200);
    WireUser nobody = new WireUser(world(), TestUser.named("nobody")).withId(4711);

    WireAnswer blocked =
        alice()
            .post(
                "/api/conversations",
                new WireGroup().start(alice(), List.of(admin(alice()), member(dora))))
            .refused("403 forbidden");
    WireAnswer unknown =
        alice()
            .post(
                "/api/conversations",
                new WireGroup().start(alice(), List.of(admin(alice()), member(nobody))))
            .refused("403 forbidden");

    assertSame(blocked, unknown);
    dora.post("/api/users/" + alice().name() + "/unblock", "{}").expect(200);
  }

  private static void assertSame(WireAnswer one, WireAnswer other) {
    assertEquals(one.status(), other.status());
    assertArrayEquals(one.bytes(), other.bytes(), other.body());
    assertEquals(one.steadyHeaders(), other.steadyHeaders());
  }

  @Test
  default void changes_sentAgainByteForByte_areReplays() {
    WireGroup group = WireGroup.begin(alice(), bob());
    HttpRequest.Builder start =
        alice()
            .prepare(
                "POST",
                "/api/conversations",
                WireJson.write(new WireGroup().start(alice(), List.of(admin(alice())))));
    alice().send(start).expect(201);
    alice().send(start).refused("401 replayed_request");
    HttpRequest.Builder join = bob().prepare("POST", group.path("/join"), "{}");
    bob().send(join).expect(200);
    bob().send(join).refused("401 replayed_request");
    HttpRequest.Builder epoch =
        alice()
            .prepare(
                "POST", group.path("/epochs"), WireJson.write(group.next(alice(), group.lines())));
    alice().send(epoch).expect(201);
    alice().send(epoch).refused("401 replayed_request");
    HttpRequest.Builder leave = bob().prepare("POST", group.path("/leave"), "{}");
    bob().send(leave).expect(200);
    bob().send(leave).refused("401 replayed_request");
  }

  @Test
  default void read_byParticipants_isTheirs() {
    WireGroup group = WireGroup.begin(alice(), bob());

    WireAnswer answer = bob().get(group.path("")).expect(200);

    assertEquals(WireGroup.keyData(bob()), answer.text("conversation.key.key_data"));
    assertEquals(
        answer.at("conversation.participants"),
        alice().get(group.path("")).expect(200).at("conversation.participants"));
  }

  @Test
  default void everything_bySomebodyElseOrUnknown_isNotFoundInTheSameWords() {
    WireGroup group = WireGroup.joined(alice(), bob());
    group.send(alice(), "hello");
    WireGroup own = WireGroup.begin(carol());
    String epoch = WireJson.write(own.next(carol(), own.lines()));
    Map<String, String> bodies =
        Map.of(
            "/join",
            "{}",
            "/leave",
            "{}",
            "/epochs",
            epoch,
            "/messages",
            WireJson.write(own.message(carol(), "hi")),
            "/deletions",
            WireJson.write(own.deletion(carol(), 1)),
            "/read",
            "{\"up_to\":1}");
    WireAnswer unknown = carol().get("/api/conversations/1").refused("404 not_found");
    List<String> ids = new ArrayList<>(UNKNOWN);
    ids.add(Long.toString(group.id()));
    for (String id : ids) {
      for (String end : List.of("", "/epochs", "/messages")) {
        assertSame(unknown, carol().get("/api/conversations/" + id + end));
      }
      bodies.forEach(
          (end, body) -> assertSame(unknown, carol().post("/api/conversations/" + id + end, body)));
      assertSame(
          unknown,
          carol()
              .upload(
                  "/api/conversations/" + id + "/files?filename=file&mime_type=a/b",
                  WireGroup.bytes(9)));
    }
  }

  @Test
  default void everything_whileInvited_isForbiddenBeyondItsEpochs() {
    WireGroup group = WireGroup.begin(alice(), bob());
    group.send(alice(), "hello");

    bob().get(group.path("")).expect(200);
    bob().get(group.path("/epochs")).expect(200);
    bob().get(group.path("/messages")).refused("403 forbidden");
    bob().post(group.path("/messages"), group.message(bob(), "early")).refused("403 forbidden");
    bob().post(group.path("/deletions"), group.deletion(bob(), 2)).refused("403 forbidden");
    bob().post(group.path("/read"), "{\"up_to\":1}").refused("403 forbidden");
    bob().post(group.path("/epochs"), group.next(bob(), group.lines())).refused("403 forbidden");
    bob()
        .upload(group.path("/files?filename=file&mime_type=a/b"), WireGroup.bytes(9))
        .refused("403 forbidden");
  }

  @Test
  default void everything_formBad_isToldBeforeAnythingElse() {
    for (String end : List.of("/epochs", "/messages", "/deletions", "/read")) {
      carol().post("/api/conversations/x" + end, "{}").refused("400 invalid_request");
    }
    for (String end : List.of("/epochs?limit=0", "/messages?limit=0")) {
      carol().get("/api/conversations/x" + end).refusedFields("limit");
    }
    carol()
        .upload("/api/conversations/x/files", WireGroup.bytes(1))
        .refusedFields("filename", "mime_type");
  }

  @Test
  default void join_invited_isJoinedAndStaysSo() {
    WireGroup group = WireGroup.begin(alice(), bob());

    WireAnswer first = bob().post(group.path("/join"), "{}").expect(200);
    WireAnswer second = bob().post(group.path("/join"), "{}").expect(200);

    assertEquals(List.of("conversation"), first.names(""));
    assertTrue(
        first.objects("conversation.participants").stream()
            .allMatch(each -> "joined".equals(each.get("state"))));
    assertEquals(first.object(""), second.object(""));
  }

  @Test
  default void leave_aMember_needsANewEpochWithoutThem() {
    WireGroup group = WireGroup.joined(alice(), bob(), carol());

    assertEquals(List.of("message"), bob().post(group.path("/leave"), "{}").expect(200).names(""));

    bob().get(group.path("")).refused("404 not_found");
    WireAnswer left = carol().get(group.path("")).expect(200);
    assertEquals(true, left.at("conversation.rekey_required"));
    assertEquals(2, left.number("conversation.participant_count"));
    assertEquals(
        1,
        carol()
            .post(group.path("/messages"), group.message(carol(), "too early"))
            .refused("409 rekey_required")
            .number("current_epoch"));
    carol()
        .post(group.path("/epochs"), group.next(carol(), group.lines()))
        .refused("400 invalid_statement");
    group.advance(carol(), List.of(admin(alice()), member(carol())));
    WireAnswer renewed = alice().get(group.path("")).expect(200);
    assertEquals(false, renewed.at("conversation.rekey_required"));
    assertEquals(2, renewed.number("conversation.epoch"));
    group.send(carol(), "among ourselves");
  }

  @Test
  default void leave_anInvitation_declinesIt() {
    WireGroup group = WireGroup.begin(alice(), bob());

    bob().post(group.path("/leave"), "{}").expect(200);

    bob().get(group.path("")).refused("404 not_found");
    assertEquals(true, alice().get(group.path("")).expect(200).at("conversation.rekey_required"));
  }

  @Test
  default void leave_theLast_endsTheConversation() {
    WireGroup group = WireGroup.begin(alice(), bob());
    group.send(alice(), "last words");

    bob().post(group.path("/leave"), "{}").expect(200);
    alice().post(group.path("/leave"), "{}").expect(200);

    alice().get(group.path("")).refused("404 not_found");
    alice().get(group.path("/messages")).refused("404 not_found");
    alice().post(group.path("/join"), "{}").refused("404 not_found");
  }

  @Test
  default void epoch_byAnAdmin_addsRemovesAndChangesRoles() {
    WireGroup group = WireGroup.joined(alice(), bob());

    group.advance(alice(), List.of(admin(alice()), admin(bob()), member(carol())));
    assertEquals("invited", participant(bob().get(group.path("")), carol()).get("state"));
    assertEquals("admin", participant(alice().get(group.path("")), bob()).get("role"));
    group.join(carol());
    Map<String, @Nullable Object> next = group.next(bob(), List.of(member(alice()), admin(bob())));
    next.put("name", "Bob's");
    WireAnswer answer = bob().post(group.path("/epochs"), next).expect(201);

    assertEquals("Bob's", answer.text("conversation.name"));
    assertEquals(3, answer.number("conversation.epoch"));
    assertEquals(3, answer.number("conversation.last_id"));
    assertEquals("member", participant(answer, alice()).get("role"));
    assertEquals("joined", participant(answer, alice()).get("state"));
    assertEquals(false, answer.at("conversation.rekey_required"));
    carol().get(group.path("")).refused("404 not_found");
  }

  private static Map<String, @Nullable Object> participant(WireAnswer answer, WireUser user) {
    return answer.objects("conversation.participants").stream()
        .filter(each -> Objects.equals(each.get("user_id"), user.id()))
        .findAny()
        .orElseThrow(() -> new AssertionError(user + " is not in " + answer.body()));
  }

  @Test
  default void epoch_byAMember_mayOnlyRenew() {
    WireGroup group = WireGroup.joined(alice(), bob());

    bob()
        .post(
            group.path("/epochs"),
            group.next(bob(), List.of(admin(alice()), member(bob()), member(carol()))))
        .refused("403 forbidden");
    bob()
        .post(group.path("/epochs"), group.next(bob(), List.of(member(bob()))))
        .refused("403 forbidden");
    bob()
        .post(group.path("/epochs"), group.next(bob(), List.of(admin(alice()), admin(bob()))))
        .refused("403 forbidden");
    Map<String, @Nullable Object> renamed = group.next(bob(), group.lines());
    renamed.put("name", "Bob's");
    bob().post(group.path("/epochs"), renamed).refused("403 forbidden");
    group.advance(bob(), group.lines());
    alice()
        .post(group.path("/epochs"), group.next(alice(), List.of(member(alice()), admin(bob()))))
        .refused("403 forbidden");
  }

  @Test
  default void epoch_fieldsMissingOrOutOfRange_namesThem() {
    WireGroup group = WireGroup.begin(alice());
    alice()
        .post(group.path("/epochs"), "{}")
        .refusedFields("epoch", "statement", "statement_signature", "keys");
    for (Object epoch : List.of(0L, -1L, "2", List.of(), 9_007_199_254_740_992L)) {
      Map<String, @Nullable Object> data = group.next(alice(), group.lines());
      data.put("epoch", epoch);
      alice().post(group.path("/epochs"), data).refusedFields("epoch");
    }
    alice()
        .post(
            group.path("/epochs"),
            WireJson.write(group.next(alice(), group.lines()))
                .replace("\"epoch\":2", "\"epoch\":2.0"))
        .refusedFields("epoch");
  }

  @Test
  default void epoch_notTheNext_tellsTheCurrentOne() {
    WireGroup group = WireGroup.joined(alice(), bob());
    Map<String, @Nullable Object> late = group.next(bob(), group.lines());
    group.advance(alice(), group.lines());

    assertEquals(
        2,
        bob()
            .post(group.path("/epochs"), late)
            .refused("409 epoch_conflict")
            .number("current_epoch"));
    String skipping =
        group.statement(alice(), 4, WireGroup.hash(group.statement()), group.seen(), group.lines());
    Map<String, @Nullable Object> data = group.next(alice(), skipping, group.lines());
    alice().post(group.path("/epochs"), data).refused("400 invalid_statement");
    data.put("epoch", 4L);
    alice().post(group.path("/epochs"), data).refused("409 epoch_conflict");
  }

  @Test
  default void epoch_severalFaults_areToldInTheirOrder() {
    WireGroup group = WireGroup.joined(alice(), bob());
    String previous = WireGroup.hash(group.statement());
    Seen wrong = new Seen(group.last(), WireGroup.hex(32));
    List<Line> more = List.of(admin(alice()), member(bob()), member(carol()));
    WireUser nobody = new WireUser(world(), TestUser.named("nobody")).withId(4711);

    // seen before continuity
    String text = group.statement(bob(), 2, WireGroup.hex(32), wrong, more);
    refused(group, bob(), text, more, "409 seen_mismatch");
    refused(
        group,
        bob(),
        group.statement(bob(), 2, previous, new Seen(99, WireGroup.hex(32)), more),
        more,
        "409 seen_mismatch");
    // continuity before rights
    text = group.statement(bob(), 2, WireGroup.hex(32), group.seen(), more);
    refused(group, bob(), text, more, "400 invalid_statement");
    // rights before members
    List<Line> ghost = List.of(admin(alice()), member(bob()), member(nobody));
    text = group.statement(bob(), 2, previous, group.seen(), ghost);
    refused(group, bob(), text, List.of(), "403 forbidden");
    // members before keys
    text =
        group
            .statement(alice(), 2, previous, group.seen(), more)
            .replace(" " + carol().name() + "\n", " " + carol().name() + "x\n");
    refused(group, alice(), text, List.of(), "400 invalid_statement");
    text = group.statement(alice(), 2, previous, group.seen(), more);
    refused(group, alice(), text, List.of(), "400 incomplete_keys");
  }

  private static void refused(
      WireGroup group, WireUser author, String text, List<Line> keys, String refusal) {
    author.post(group.path("/epochs"), group.next(author, text, keys)).refused(refusal);
  }

  @Test
  default void epochs_listed_areThoseSinceOneWasAdded() {
    WireGroup group = WireGroup.joined(alice(), bob());
    group.advance(alice(), group.lines());
    group.send(alice(), "before Carol");
    group.advance(alice(), List.of(admin(alice()), member(bob()), member(carol())));

    WireAnswer all = alice().get(group.path("/epochs")).expect(200);
    WireAnswer hers = carol().get(group.path("/epochs?from=1")).expect(200);
    WireAnswer middle = bob().get(group.path("/epochs?from=2&limit=1")).expect(200);

    assertEquals(List.of("epochs", "has_more"), all.names(""));
    assertEquals(3, all.objects("epochs").size());
    assertEquals(false, all.at("has_more"));
    assertEquals(
        List.of("epoch", "entry_id", "created_at", "statement", "statement_signature", "key_data"),
        all.names("epochs.0"));
    assertEquals(1, all.number("epochs.0.epoch"));
    assertEquals(1, all.number("epochs.0.entry_id"));
    assertEquals(4, all.number("epochs.2.entry_id"));
    assertEquals(group.statement(), all.text("epochs.2.statement"));
    assertEquals(alice().sign(group.statement()), all.text("epochs.2.statement_signature"));
    assertEquals(WireGroup.keyData(alice()), all.text("epochs.2.key_data"));
    assertEquals(1, hers.objects("epochs").size());
    assertEquals(3, hers.number("epochs.0.epoch"));
    assertEquals(WireGroup.keyData(carol()), hers.text("epochs.0.key_data"));
    assertEquals(1, middle.objects("epochs").size());
    assertEquals(2, middle.number("epochs.0.epoch"));
    assertEquals(true, middle.at("has_more"));
  }

  @Test
  default void pages_limitsAndCursors_areHeldToTheirRange() {
    WireGroup group = WireGroup.begin(alice());
    for (String path :
        List.of("/api/conversations?", group.path("/epochs?"), group.path("/messages?"))) {
      for (String limit :
          List.of("0", "101", "-1", "x", "", "1.0", "010", "99999999999999999999")) {
        alice().get(path + "limit=" + limit).refusedFields("limit");
      }
      alice().get(path + "limit=1").expect(200);
      alice().get(path + "limit=100").expect(200);
      alice().get(path + "limit=1&limit=1").refusedFields("limit");
    }
    alice().get("/api/conversations?cursor=x&limit=0").refusedFields("cursor", "limit");
    alice().get("/api/conversations?cursor=").refusedFields("cursor");
    alice().get(group.path("/epochs?from=x")).refusedFields("from");
  }

  @Test
  default void list_pageByPage_hasEachOnceTheMostRecentFirst() {
    WireUser erin = world().user("erin");
    List<Long> begun = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      begun.add(0, WireGroup.begin(erin).id());
    }

    assertEquals(begun, listed(erin, 2));
  }

  @Test
  default void list_moreThanACursorRemembers_hasEachOnce() {
    WireUser gina = world().user("gina");
    List<Long> begun = new ArrayList<>();
    for (int i = 0; i < 105; i++) {
      begun.add(0, WireGroup.begin(gina).id());
    }

    assertEquals(begun, listed(gina, 100));
  }

  /** The ids of all pages, one page after the other. */
  private static List<Object> listed(WireUser user, int limit) {
    List<Object> seen = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      WireAnswer page = user.get("/api/conversations?limit=" + limit + cursor).expect(200);
      assertEquals(List.of("conversations", "next"), page.names(""));
      assertTrue(page.objects("conversations").size() <= limit);
      page.objects("conversations")
          .forEach(each -> seen.add(Objects.requireNonNull(each.get("id"))));
      Object next = page.at("next");
      cursor = next == null ? null : "&cursor=" + next;
    }
    return seen;
  }

  @Test
  default void list_conversationThatMoves_comesToTheFront() {
    WireUser fred = world().user("fred");
    WireGroup older = WireGroup.begin(fred);
    WireGroup newer = WireGroup.begin(fred);

    older.send(fred, "up");

    WireAnswer page = fred.get("/api/conversations?limit=2").expect(200);
    assertEquals(older.id(), page.number("conversations.0.id"));
    assertEquals(2, page.number("conversations.0.last_id"));
    assertEquals(newer.id(), page.number("conversations.1.id"));
  }
}
