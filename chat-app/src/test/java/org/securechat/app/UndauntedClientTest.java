package org.securechat.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.securechat.app.Friends.Friend;
import org.securechat.client.conversation.Conversation;
import org.securechat.client.conversation.ConversationEvent;
import org.securechat.client.conversation.Conversations;
import org.securechat.client.failure.ChangedIdentityException;
import org.securechat.client.failure.ServerLiedException;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.client.state.DeviceState;
import org.securechat.client.state.MemoryStateStore;
import org.securechat.client.state.StateException;
import org.securechat.client.state.StateStore;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.protocol.content.MessageContent;

/** What one lie or mishap does not do: lose anything else, go on for ever, or crash the client. */
@Timeout(120)
class UndauntedClientTest extends BobIsLiedTo {
  private Conversation bobs;

  @BeforeEach
  void start() {
    bobs = bob.conversations().open(alices.id());
  }

  private List<ConversationEvent> ask() {
    return bob.conversations().await(Duration.ZERO);
  }

  private Conversation joinedBy(Friend other) {
    Conversation theirs =
        other.conversations().start(Optional.empty(), List.of(other.session().user(bob.name())));
    bob.conversations().open(theirs.id()).join();
    ask();
    return theirs;
  }

  @Test
  void await_eventsBeforeAFailure_comeWithTheNextCall() {
    evil.change(
        asked -> asked.target().equals("/api/sync"),
        text ->
            LyingServer.rewriting(
                    answer -> {
                      List<Map<String, @Nullable Object>> events =
                          new ArrayList<>(LyingServer.items(answer, "events"));
                      // "conversation" before "entry".
                      events.sort(Comparator.comparing(event -> String.valueOf(event.get("type"))));
                      answer.put("events", events);
                    })
                .apply(text)
                .replaceAll("\"content\":\"....", "\"content\":\"AAAA"));
    Conversation invitation =
        alice.conversations().start(Optional.empty(), List.of(alice.session().user(bob.name())));
    alices.say("changed on its way");

    assertThrows(ServerLiedException.class, this::ask);

    assertTrue(
        ask().stream()
            .anyMatch(event ->
                event instanceof ConversationEvent.Changed
                    && event.conversation().equals(invitation.id())));
  }

  @Test
  void await_somebodyChangedInOneConversation_othersGoOnAndSoDoesItAfterADecision() {
    Friend carol = honestly.register("carol");
    Conversation carols = joinedBy(carol);
    Member real = bobs.epoch().member(alice.idIn(alices)).orElseThrow();
    bob.conversations()
        .contacts()
        .believe(
            new Member(
                real.user(),
                Role.MEMBER,
                honestly.register("mallory").session().publicKey(),
                real.name()));
    alices.renewKey();
    long told = carols.say("all well");

    assertThrows(ChangedIdentityException.class, this::ask);

    List<ConversationEvent> others = ask();
    assertTrue(others.contains(new ConversationEvent.Entry(carols.id(), told)), others::toString);
    assertEquals(List.of(), ask());
    bob.conversations().contacts().believe(real);
    ask();
    assertEquals(2, bobs.epoch().epoch());
  }

  @Test
  void await_eventThatCantBe_isRefusedAndTheOthersComeWithTheNextCall() {
    long said = alices.say("hello");
    evil.change(
        asked -> asked.target().equals("/api/sync"),
        LyingServer.rewriting(answer -> {
          List<Map<String, @Nullable Object>> events =
              new ArrayList<>(LyingServer.items(answer, "events"));
          events.add(0, Map.of("type", "removed", "conversation_id", -1L));
          answer.put("events", events);
        }));

    assertThrows(UntrustedAnswerException.class, this::ask);

    assertTrue(ask().contains(new ConversationEvent.Entry(alices.id(), said)));
  }

  /** Answers to a part of the address by the count of the call, and counts. */
  private AtomicInteger answer(String part, IntFunction<String> body) {
    AtomicInteger asked = new AtomicInteger();
    evil.tell((request, honest) ->
        request.target().contains(part)
            ? new LyingServer.Told(
                200, Map.of(), body.apply(asked.incrementAndGet()).getBytes(UTF_8))
            : honest.ask());
    return asked;
  }

  @Test
  void list_withoutEnd_isRefused() {
    AtomicInteger same =
        answer("/conversations?limit=", count -> "{\"conversations\":[],\"next\":\"x\"}");
    assertThrows(UntrustedAnswerException.class, bob.conversations()::list);
    assertEquals(2, same.get());
    evil.beHonest();

    AtomicInteger others =
        answer(
            "/conversations?limit=", count -> "{\"conversations\":[],\"next\":\"x" + count + "\"}");
    assertThrows(UntrustedAnswerException.class, bob.conversations()::list);
    assertEquals(1_000, others.get());
  }

  /** A page of conversations that are there by the server's word alone. */
  private static String invented(int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(id ->
            "{\"id\":%d,\"group_id\":\"%064x\",\"created_at\":\"2026-01-01T00:00:00Z\",\"epoch\":1,"
                    .formatted(id, id)
                + "\"rekey_required\":false,\"last_id\":0,\"unread\":0,\"participant_count\":2}")
        .collect(Collectors.joining(","));
  }

  /** Has sync tell of ten thousand conversations in the rounds of a call. */
  private void inventEvents(IntFunction<String> event) {
    answer(
        "/api/sync",
        count ->
            IntStream.range(0, 500)
                .mapToObj(i -> event.apply(1_000_000 + 500 * ((count - 1) % 20) + i))
                .collect(Collectors.joining(",", "{\"events\":[", "],\"more\":true}")));
  }

  @Test
  void list_asManyAsADeviceFollowsAndOneMore_isReadAndRefused() {
    answer(
        "/conversations?limit=",
        count ->
            "{\"conversations\":[%s]%s}"
                .formatted(
                    invented(1_000 * count, 1_000),
                    count < 8 ? ",\"next\":\"x" + count + '"' : ""));
    assertEquals(8_000, Conversations.of(bob.session()).list().size());
    evil.beHonest();

    AtomicInteger asked =
        answer(
            "/conversations?limit=",
            count ->
                "{\"conversations\":[%s],\"next\":\"x%d\"}"
                    .formatted(invented(1_000 * count, count == 9 ? 1 : 1_000), count));
    UntrustedAnswerException e =
        assertThrows(UntrustedAnswerException.class, () -> Conversations.of(bob.session()).list());
    assertEquals(
        "The server names more than 8000 conversations; a device follows no more", e.sentence());
    assertEquals(9, asked.get());
  }

  @Test
  void await_conversationsWithoutEnd_areFollowedToTheBoundAndForgottenOnceGone() {
    Disk disk = new Disk();
    Conversations mine = Conversations.of(bob.session(), disk);
    Conversation first = mine.open(alices.id());
    inventEvents(id -> "{\"type\":\"conversation\",\"conversation\":" + invented(id, 1) + "}");

    UntrustedAnswerException e =
        assertThrows(UntrustedAnswerException.class, () -> mine.await(Duration.ZERO));
    assertTrue(e.sentence().startsWith("The server names more than 8000 "), e.sentence());
    assertEquals(7_999, mine.await(Duration.ZERO).size());
    assertEquals(8_000, disk.load().conversations().size());
    evil.beHonest();
    first.say("all well");
    alices.catchUp();
    assertEquals(List.of("all well"), Friends.texts(alices));

    inventEvents(id -> "{\"type\":\"removed\",\"conversation_id\":" + id + "}");
    mine.await(Duration.ZERO);
    assertEquals(Set.of(alices.id()), disk.load().conversations().keySet());
  }

  @Test
  void list_withoutWhatWasToldBefore_forgetsItUnlessItWasRead() {
    Disk disk = new Disk();
    Conversations mine = Conversations.of(bob.session(), disk);
    mine.open(alices.id());
    answer("/conversations?limit=", count -> "{\"conversations\":[" + invented(1_000, 9) + "]}");
    answer("/api/sync", count -> "{\"events\":[],\"more\":false}");
    mine.list();
    mine.await(Duration.ZERO);
    assertEquals(10, disk.load().conversations().size());
    evil.beHonest();

    mine.list();
    mine.await(Duration.ZERO);

    assertEquals(Set.of(alices.id(), other.id()), disk.load().conversations().keySet());
  }

  @Test
  void await_moreWithoutEnd_givesOutWhatThereIs() {
    AtomicInteger asked = answer("/api/sync", count -> "{\"events\":[],\"more\":true}");

    assertEquals(List.of(), ask());
    assertEquals(20, asked.get());
  }

  @Test
  void renewKey_epochTakenAndNeverShown_isGivenUp() {
    AtomicInteger begun = new AtomicInteger();
    evil.tell((asked, honest) -> {
      if (!asked.method().equals("POST") || !asked.target().endsWith(path("/epochs"))) {
        return honest.ask();
      }
      begun.incrementAndGet();
      return new LyingServer.Told(201, Map.of(), "{}".getBytes(UTF_8));
    });

    assertThrows(UntrustedAnswerException.class, bobs::renewKey);

    assertEquals(9, begun.get());
    evil.beHonest();
    bobs.renewKey();
    assertEquals(2, bobs.epoch().epoch());
  }

  @Test
  void renewKey_nobodyPresentOrOnlyOthers_isRefused() {
    String self = "\"user_id\":" + bob.idIn(bobs).value() + ",";
    for (UnaryOperator<String> lie :
        List.<UnaryOperator<String>>of(
            text -> text.replaceFirst("\"participants\":\\[.*?]", "\"participants\":null"),
            text -> text.replace(self, "\"user_id\":12345,"))) {
      evil.change(asked -> asked.target().endsWith(path("")), lie);

      assertThrows(UntrustedAnswerException.class, bobs::renewKey);

      evil.beHonest();
    }
    bobs.renewKey();
    assertEquals(2, bobs.epoch().epoch());
  }

  @Test
  void renewKey_memberWithANumberThatCantBe_isRefused() {
    for (long number : List.of(0L, -1L)) {
      evil.change(
          LyingServer.gets("/api/users/"), LyingServer.rewriting(user -> user.put("id", number)));

      assertThrows(UntrustedAnswerException.class, bobs::renewKey);

      evil.beHonest();
    }
    bobs.renewKey();
    assertEquals(2, bobs.epoch().epoch());
  }

  /** The honest answer to one deletion, given to the next. */
  @Test
  void delete_answeredWithAnotherDeletion_isNotSaidToBeDone() {
    long one = bobs.say("one");
    long two = bobs.say("two");
    AtomicReference<LyingServer.@Nullable Told> first = new AtomicReference<>();
    evil.tell((asked, honest) -> {
      if (!asked.target().endsWith(path("/deletions"))) {
        return honest.ask();
      }
      LyingServer.Told told = first.get();
      if (told != null) {
        return told.with(text -> text.replace("\"deleted_id\":" + one, "\"deleted_id\":" + two));
      }
      told = honest.ask();
      first.set(told);
      return told;
    });
    bobs.delete(one);

    assertThrows(UntrustedAnswerException.class, () -> bobs.delete(two));

    assertEquals(List.of("two"), Friends.texts(bobs));
    evil.beHonest();
    bobs.delete(two);
    assertEquals(List.of(), Friends.texts(bobs));
  }

  @Test
  void open_samePageOfEpochsForEver_isReadOnce() {
    alices.say("one");
    AtomicReference<LyingServer.@Nullable Told> first = new AtomicReference<>();
    evil.tell((asked, honest) -> {
      if (!asked.target().contains("/epochs?")) {
        return honest.ask();
      }
      LyingServer.Told told = first.get();
      if (told == null) {
        told = honest.ask().with(text -> text.replace("\"has_more\":false", "\"has_more\":true"));
        first.set(told);
      }
      return told;
    });

    Conversations again = Conversations.of(bob.session());

    assertEquals(List.of("one"), Friends.texts(again.open(alices.id())));
  }

  @Test
  void openConversation_serverCaughtByAnExport_sendsAndReadsNothing() {
    long one = alices.say("one");
    alices.say("two");
    bobs.catchUp();
    backDate(one);
    Path file = folder.resolve("proof.export");
    assertThrows(
        ServerLiedException.class, () -> bob.conversations().export(alices.id(), file, false));
    evil.beHonest();

    assertThrows(ServerLiedException.class, () -> bobs.say("secret"));
    assertThrows(ServerLiedException.class, bobs::catchUp);
    assertThrows(ServerLiedException.class, () -> bobs.delete(one));
    alices.catchUp();
    assertEquals(List.of("one", "two"), Friends.texts(alices));
  }

  /** A disk that may be full. */
  private static final class Disk implements StateStore {
    private final StateStore store = new MemoryStateStore();
    private final AtomicBoolean isFull = new AtomicBoolean();

    @Override
    public DeviceState load() {
      return store.load();
    }

    @Override
    public void save(DeviceState state) {
      if (isFull.get()) {
        throw new StateException("The disk is full.");
      }
      store.save(state);
    }
  }

  @Test
  void send_stateCantBeKeptAfterwards_isSentAndSaidToBe() {
    Disk disk = new Disk();
    Conversation mine = Conversations.of(bob.session(), disk).open(alices.id());
    evil.tell((asked, honest) -> {
      if (asked.method().equals("POST") && asked.target().endsWith("/messages")) {
        disk.isFull.set(true);
      }
      return honest.ask();
    });

    long said = mine.say("arrived");

    assertEquals(mine.last(), said);
    assertEquals(List.of(), mine.unsent());
    disk.isFull.set(false);
    mine.catchUp();
    assertEquals(List.of(), disk.load().unsent());
    alices.catchUp();
    assertEquals(List.of("arrived"), Friends.texts(alices));
  }

  @Test
  void open_timeThatNobodyReckonsWith_isRefusedByItsNumber() {
    evil.changeItems(
        "/messages",
        "messages",
        entries -> entries.get(0).put("created_at", "+1000000000-12-31T23:59:59Z"));

    UntrustedAnswerException e =
        assertThrows(
            UntrustedAnswerException.class,
            () -> Conversations.of(bob.session()).open(alices.id()));
    assertTrue(e.sentence().endsWith("1 of conversation " + alices.id().value()), e.sentence());
  }

  @Test
  void send_lifetimeThatCantBe_isRefusedAndDoesNotWait() {
    MessageContent text = new MessageContent.Text("short", Optional.empty());
    for (Duration lifetime :
        List.of(
            Duration.ofSeconds(-1),
            Duration.ofMillis(999),
            Duration.ofMillis(1_500),
            Duration.ofDays(365).plusSeconds(1))) {
      assertThrows(InvalidValueException.class, () -> bobs.send(text, lifetime));
    }
    assertEquals(List.of(), bobs.unsent());
    bobs.send(text, Duration.ofSeconds(1));
    bobs.send(text, Duration.ofDays(365));
    bobs.sendUnsent();
  }
}
