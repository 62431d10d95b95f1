package org.securechat.testkit.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.securechat.testkit.Background;
import org.securechat.testkit.wire.WireGroup.Line;

/** What section 7 of the wire contract promises of {@code POST /api/sync}. */
public interface SyncApiContract {
  /** Who is there, and where. */
  WireWorld world();

  private WireUser alice() {
    return world().user("alice");
  }

  private static WireAnswer sync(WireUser user, Map<String, @Nullable Object> after, long wait) {
    return user.post("/api/sync", WireJson.object("after", after, "wait", wait)).expect(200);
  }

  /** Everything that somebody is in, as far as it goes. */
  private static Map<String, @Nullable Object> known(WireUser user) {
    Map<String, @Nullable Object> known = WireJson.object();
    user.get("/api/conversations?limit=100")
        .expect(200)
        .objects("conversations")
        .forEach(each -> known.put(String.valueOf(each.get("id")), each.get("last_id")));
    return known;
  }

  private static List<Object> types(WireAnswer answer) {
    List<Object> types = new ArrayList<>();
    answer.objects("events").forEach(event -> types.add(Objects.requireNonNull(event.get("type"))));
    return types;
  }

  @Test
  default void sync_ofSomebodyNew_hasAllTheirConversations() {
    WireUser gina = world().user("gina");
    WireUser hugo = world().user("hugo");
    WireGroup group = WireGroup.joined(gina, hugo);
    group.send(gina, "hello");
    WireGroup invitation = WireGroup.begin(gina, hugo);

    WireAnswer answer = sync(hugo, WireJson.object(), 0);

    assertEquals(List.of("events", "more"), answer.names(""));
    assertEquals(false, answer.at("more"));
    List<Map<String, @Nullable Object>> events = answer.objects("events");
    int begin = types(answer).indexOf("conversation");
    assertEquals(0, begin);
    assertEquals(4, events.size());
    int own =
        events.indexOf(
            events.stream().filter(each -> each.containsKey("entry")).findFirst().orElseThrow());
    assertEquals(
        hugo.get(group.path("")).expect(200).object("conversation"),
        events.get(own - 1).get("conversation"));
    assertEquals(List.of("type", "conversation"), List.copyOf(events.get(own - 1).keySet()));
    List<Map<String, @Nullable Object>> entries = group.entriesAfter(hugo, 0);
    assertEquals(WireJson.object("type", "entry", "entry", entries.get(0)), events.get(own));
    assertEquals(WireJson.object("type", "entry", "entry", entries.get(1)), events.get(own + 1));
    assertTrue(
        events.contains(
            WireJson.object(
                "type",
                "conversation",
                "conversation",
                hugo.get(invitation.path("")).expect(200).object("conversation"))));
  }

  @Test
  default void sync_ofWhatIsKnown_hasTheRest() {
    WireUser ines = world().user("ines");
    WireGroup group = WireGroup.begin(ines);
    Map<String, @Nullable Object> known = known(ines);
    assertEquals(List.of(), types(sync(ines, known, 0)));

    group.send(ines, "one");
    group.send(ines, "two");

    WireAnswer answer = sync(ines, known, 0);
    assertEquals(List.of("entry", "entry"), types(answer));
    assertEquals(2L, answer.at("events.0.entry.id"));
    assertEquals(List.of(), types(sync(ines, known(ines), 0)));
  }

  @Test
  default void sync_ofWhatOneIsNotIn_isRemoved() {
    WireUser ines = world().user("ines");
    WireGroup others = WireGroup.begin(alice());
    Map<String, @Nullable Object> known = known(ines);
    known.put(Long.toString(others.id()), 1L);

    WireAnswer answer = sync(ines, known, 0);

    assertEquals(
        List.of(WireJson.object("type", "removed", "conversation_id", others.id())),
        answer.objects("events"));
  }

  @Test
  default void sync_ofWhereOneWasAddedAgain_beginsAnew() {
    WireUser jack = world().user("jack");
    WireGroup group = WireGroup.joined(alice(), jack);
    group.send(jack, "before");
    Map<String, @Nullable Object> known = known(jack);
    jack.post(group.path("/leave"), "{}").expect(200);
    group.advance(alice(), List.of(new Line(alice(), "admin")));
    group.send(alice(), "without him");
    group.advance(alice(), List.of(new Line(alice(), "admin"), new Line(jack, "member")));

    assertEquals(List.of("removed", "conversation"), types(sync(jack, known, 0)));
    group.join(jack);
    WireAnswer answer = sync(jack, known, 0);

    assertEquals(List.of("removed", "conversation", "entry"), types(answer));
    assertEquals(group.id(), answer.number("events.0.conversation_id"));
    assertEquals(5L, answer.at("events.2.entry.id"));
  }

  @Test
  default void sync_withMuch_asksForTheNextCall() {
    WireUser kate = world().user("kate");
    WireGroup group = WireGroup.begin(kate);
    for (int i = 0; i < 70; i++) {
      group.send(kate, group.message(kate, WireGroup.bytes(65_536), List.of(), null));
    }
    long last = 0;
    boolean more = true;
    int calls = 0;
    while (more) {
      Map<String, @Nullable Object> after = known(kate);
      after.put(Long.toString(group.id()), last);
      WireAnswer answer = sync(kate, after, 30);
      for (Map<String, @Nullable Object> event : answer.objects("events")) {
        Map<?, ?> entry = (Map<?, ?>) Objects.requireNonNull(event.get("entry"));
        assertEquals(++last, entry.get("id"));
      }
      more = (Boolean) Objects.requireNonNull(answer.at("more"));
      calls++;
    }

    assertEquals(group.last(), last);
    assertTrue(calls > 1, calls + " calls");
  }

  @Test
  default void sync_waiting_isToldWhatHappens() throws Exception {
    WireUser lena = world().user("lena");
    WireUser mike = world().user("mike");
    WireGroup group = WireGroup.joined(lena, mike);
    Map<String, @Nullable Object> known = known(mike);

    CompletableFuture<WireAnswer> message = Background.supply(() -> sync(mike, known, 30));
    group.send(lena, "psst");
    assertEquals(List.of("entry"), types(message.get(20, TimeUnit.SECONDS)));

    Map<String, @Nullable Object> knownNow = known(mike);
    CompletableFuture<WireAnswer> invitation = Background.supply(() -> sync(mike, knownNow, 30));
    WireGroup another = WireGroup.begin(lena, mike);
    WireAnswer invited = invitation.get(20, TimeUnit.SECONDS);
    assertEquals("conversation", invited.at("events.0.type"));
    assertEquals(another.id(), invited.number("events.0.conversation.id"));
  }

  @Test
  default void sync_outOfForm_namesTheFields() {
    alice().post("/api/sync", "{}").refusedFields("after");
    for (String after :
        List.of(
            "[]",
            "\"1\"",
            "{\"x\":1}",
            "{\"01\":1}",
            "{\"0\":1}",
            "{\"-1\":1}",
            "{\"9007199254740992\":1}",
            "{\"1\":-1}",
            "{\"1\":\"1\"}",
            "{\"1\":1.5}",
            "{\"1\":null}",
            "{\"1\":9007199254740992}")) {
      alice().post("/api/sync", "{\"after\":" + after + "}").refusedFields("after");
    }
    for (String wait : List.of("-1", "31", "1.5", "\"1\"", "[]")) {
      alice().post("/api/sync", "{\"after\":{},\"wait\":" + wait + "}").refusedFields("wait");
    }
    alice().post("/api/sync", "{\"after\":{\"1\":1,\"1\":2}}").refused("400 malformed_json");
    alice().post("/api/sync", "{\"after\":1,\"wait\":99}").refusedFields("after", "wait");
  }
}
