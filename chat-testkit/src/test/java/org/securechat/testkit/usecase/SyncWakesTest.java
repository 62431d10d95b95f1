package org.securechat.testkit.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.securechat.domain.conversation.ConversationStore;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.session.Caller;
import org.securechat.domain.session.SessionToken;
import org.securechat.domain.session.SignedCaller;
import org.securechat.domain.sync.Sync;
import org.securechat.domain.sync.SyncAnswer;
import org.securechat.domain.sync.SyncSettings;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.testkit.Background;
import org.securechat.testkit.TestGroup;
import org.securechat.testkit.TestGroup.Person;
import org.securechat.testkit.TestUser;

/**
 * A change wakes those who wait for it, and nobody else: who is not woken asks the store nothing.
 */
class SyncWakesTest {
  /** Less than a wait lasts, so that nobody takes its end for an event. */
  private static final Duration PATIENCE = Sync.MAX_WAIT.dividedBy(2);

  private final ChatFixture fixture = new ChatFixture();
  private final Map<UserId, AtomicInteger> looks = new ConcurrentHashMap<>();
  private final Sync sync =
      new Sync(
          counting(fixture.ports.stores().conversations()),
          fixture.ports.stores().messages(),
          fixture.chat.authenticateCaller()::requireLive,
          fixture.ports.events(),
          SyncSettings.defaults(),
          fixture.clock);

  /** Somebody alone in a conversation, as far as they have read it. */
  private final class Room {
    private final Member member;
    private final Person person;
    private final ConversationId id;
    private final TestGroup group;

    Room(String name) {
      member = fixture.join(TestUser.named(name));
      person = new Person(member.id(), member.user());
      TestGroup empty = TestGroup.create();
      id =
          fixture
              .chat
              .conversations()
              .start()
              .start(fixture.calling(member), empty.id(), Optional.empty(), empty.first(person))
              .id();
      group =
          empty.read(
              fixture
                  .chat
                  .timeline()
                  .read()
                  .page(fixture.calling(member).caller(), id, Optional.empty(), Optional.of(0L), 10)
                  .entries());
    }

    void send() {
      send(fixture.calling(member));
    }

    void send(SignedCaller caller) {
      fixture.chat.timeline().post().post(caller, id, group.message(person, "hello"));
    }

    int looks() {
      return looks.computeIfAbsent(member.id(), user -> new AtomicInteger()).get();
    }

    /** Waits for what comes after an entry; somebody waits when this returns. */
    CompletableFuture<SyncAnswer> await(long after) throws InterruptedException {
      int before = looks();
      Caller caller = fixture.calling(member).caller();
      CompletableFuture<SyncAnswer> answer =
          Background.supply(() -> sync.sync(caller, Map.of(id, after), Sync.MAX_WAIT));
      // What happened before it followed its conversations it looks for once more.
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (looks() < before + 2) {
        assertTrue(System.nanoTime() - end < 0, "it does not look");
        TimeUnit.MILLISECONDS.sleep(1);
      }
      return answer;
    }
  }

  private ConversationStore counting(ConversationStore store) {
    return (ConversationStore)
        Proxy.newProxyInstance(
            ConversationStore.class.getClassLoader(),
            new Class<?>[] {ConversationStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("standings")) {
                looks
                    .computeIfAbsent((UserId) arguments[0], user -> new AtomicInteger())
                    .incrementAndGet();
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void sync_sessionThatEndsMeanwhile_isToldNothing() throws Exception {
    Room room = new Room("alice");
    CompletableFuture<SyncAnswer> waiting = room.await(1);
    Member member = room.member;
    SessionToken elsewhere = fixture.logIn(member.user(), fixture.code(member.secret(), 1)).token();
    String id = fixture.calling(member).caller().session().id();
    fixture.chat.endSession().end(fixture.calling(member.user(), elsewhere), id);

    room.send(fixture.calling(member.user(), elsewhere));

    ExecutionException refused =
        assertThrows(
            ExecutionException.class, () -> waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    assertEquals(
        Rejection.NOT_AUTHENTICATED,
        assertInstanceOf(RejectedException.class, refused.getCause()).reason());
  }

  @Test
  void change_inOneConversation_wakesItsWaiterAndNobodyElse() throws Exception {
    Room busy = new Room("alice");
    Room quiet = new Room("bob");
    CompletableFuture<SyncAnswer> waiting = quiet.await(1);
    int looked = quiet.looks();

    for (long entry = 1; entry <= 20; entry++) {
      CompletableFuture<SyncAnswer> woken = busy.await(entry);
      busy.send();
      assertEquals(1, woken.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).events().size());
    }
    assertEquals(looked, quiet.looks());

    quiet.send();
    assertEquals(1, waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).events().size());
    assertEquals(looked + 1, quiet.looks());
  }
}
