package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.securechat.domain.event.Change;
import org.securechat.domain.event.EventBus;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.testkit.ConcurrentRuns;

/** What every {@link EventBus} does; implement it in a test class of the adapter. */
public interface EventBusContract {
  ConversationId CONVERSATION = new ConversationId(7);
  Duration PATIENCE = Duration.ofSeconds(30);

  /** The bus under test, without listeners; the same one at each call within a test. */
  EventBus bus();

  /** Listens until it has heard so many changes. */
  final class Ear {
    final List<Change> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch missing;

    Ear(int changes) {
      this.missing = new CountDownLatch(changes);
    }

    void hear(Change change) {
      heard.add(change);
      missing.countDown();
    }

    void awaitAll() {
      try {
        assertTrue(missing.await(PATIENCE.toSeconds(), TimeUnit.SECONDS), heard::toString);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static Change read(long user, long upTo) {
    return new Change.Read(CONVERSATION, new UserId(user), upTo);
  }

  @Test
  default void publish_everyKind_arrivesWholeAtEveryListenerInOrder() {
    List<Change> changes =
        List.of(
            new Change.Appended(CONVERSATION),
            new Change.Reshaped(CONVERSATION, Set.of(new UserId(1), new UserId(UserId.MAX))),
            new Change.Reshaped(new ConversationId((1L << 53) - 1), Set.of()),
            read(3, 9));
    Ear first = new Ear(changes.size());
    Ear second = new Ear(changes.size());
    bus().subscribe(first::hear);
    bus().subscribe(second::hear);

    changes.forEach(bus()::publish);

    first.awaitAll();
    second.awaitAll();
    assertEquals(changes, first.heard);
    assertEquals(changes, second.heard);
  }

  @Test
  default void publish_listenerThatThrows_keepsNobodyElseFromHearing() {
    Ear ear = new Ear(2);
    bus()
        .subscribe(change -> {
          throw new IllegalStateException("No listener that works");
        });
    bus().subscribe(ear::hear);

    bus().publish(read(1, 1));
    bus().publish(read(1, 2));

    ear.awaitAll();
    assertEquals(List.of(read(1, 1), read(1, 2)), ear.heard);
  }

  @Test
  default void close_listener_hearsNoMore() {
    Ear gone = new Ear(1);
    Ear staying = new Ear(2);
    EventBus.Subscription subscription = bus().subscribe(gone::hear);
    bus().subscribe(staying::hear);
    bus().publish(read(1, 1));
    gone.awaitAll();

    subscription.close();
    subscription.close();
    bus().publish(read(1, 2));

    staying.awaitAll();
    assertEquals(List.of(read(1, 1)), gone.heard);
  }

  @Test
  default void close_oneOfTwoOfTheSame_leavesTheOther() {
    Ear ear = new Ear(1);
    bus().subscribe(ear::hear);
    bus().subscribe(ear::hear).close();

    bus().publish(read(1, 1));

    ear.awaitAll();
    assertEquals(List.of(read(1, 1)), ear.heard);
  }

  @Test
  default void publish_manyThreads_keepTheOrderOfEach() {
    int threads = 8;
    long each = 200;
    Ear ear = new Ear((int) (threads * each));
    bus().subscribe(ear::hear);

    ConcurrentRuns.run(
        threads,
        thread -> {
          LongStream.rangeClosed(1, each).forEach(i -> bus().publish(read(thread + 1L, i)));
          return Optional.empty();
        });

    ear.awaitAll();
    assertEquals(threads * each, ear.heard.size());
    for (long thread = 1; thread <= threads; thread++) {
      UserId user = new UserId(thread);
      assertEquals(
          LongStream.rangeClosed(1, each).boxed().toList(),
          ear.heard.stream()
              .map(Change.Read.class::cast)
              .filter(change -> change.user().equals(user))
              .map(Change.Read::upTo)
              .toList());
    }
  }
}
