package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.securechat.testkit.wire.WireAnswer;
import org.securechat.testkit.wire.WireGroup;
import org.securechat.testkit.wire.WireUser;
import org.securechat.testkit.wire.WireWorld;

/**
 * Sixteen who send, each one message after the other, through four conversations. Whoever does not
 * hear what has become of a message sends it again, with the same client id. A ledger has what they
 * were told.
 */
final class Crowd {
  /** Of a server that lets them send as fast as they can. */
  static final Map<String, String> SETTINGS =
      Map.of(
          "CHAT_ENV", "testing",
          "PORT", "0",
          "LOG_LEVEL", "error",
          "LIMIT_REQUESTS_PER_USER_BURST", "1000000",
          "LIMIT_REQUESTS_PER_USER_PER_SECOND", "1000000",
          "JAVA_TOOL_OPTIONS", "-XX:+UseSerialGC -Xmx256m");

  private static final int GROUPS = 4;
  private static final int SENDERS_PER_GROUP = 4;
  private static final int BYTES = 1024;
  private static final int SENDS_PER_READ = 8;
  private static final int RETRY_AFTER_MILLIS = 50;

  private final Ledger ledger;
  private final List<Sender> senders = new ArrayList<>();
  private final Map<WireGroup, List<Map<String, @Nullable Object>>> logs = new HashMap<>();
  private final AtomicInteger unavailable = new AtomicInteger();

  /** What is done while they send. */
  interface Action {
    void run() throws Exception;
  }

  private static final class Sender {
    private final WireUser user;
    private final WireGroup group;
    private @Nullable Map<String, @Nullable Object> unanswered;

    Sender(WireUser user, WireGroup group) {
      this.user = user;
      this.group = group;
    }
  }

  Crowd(WireWorld world, Ledger ledger) {
    this.ledger = ledger;
    for (int i = 0; i < GROUPS; i++) {
      List<WireUser> users = new ArrayList<>();
      for (int k = 0; k < SENDERS_PER_GROUP; k++) {
        users.add(world.user("sender" + i + k));
      }
      WireUser[] others = users.subList(1, users.size()).toArray(WireUser[]::new);
      WireGroup group = WireGroup.joined(users.get(0), others);
      logs.put(group, new ArrayList<>());
      users.forEach(user -> senders.add(new Sender(user, group)));
    }
  }

  /** Lets them send, and expects the server to go on answering, while something is done. */
  void sendDuring(Action action) throws Exception {
    sendDuring(action, false);
  }

  /** Lets them send until something is done that ends the server. */
  void sendUntilKilledBy(Action action) throws Exception {
    sendDuring(action, true);
  }

  private void sendDuring(Action action, boolean killed) throws Exception {
    AtomicBoolean goOn = new AtomicBoolean(true);
    List<Future<?>> sending = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      senders.forEach(each -> sending.add(threads.submit(() -> send(each, goOn, killed))));
      try {
        action.run();
      } finally {
        goOn.set(false);
      }
    }
    for (Future<?> each : sending) {
      try {
        each.get();
      } catch (ExecutionException e) {
        throw new AssertionError("a sender gave up", e.getCause());
      }
    }
  }

  private void send(Sender sender, AtomicBoolean goOn, boolean killed) {
    try {
      for (int i = 0; goOn.get(); i++) {
        send(sender);
        if (i % SENDS_PER_READ == 0) {
          read(sender);
        }
      }
    } catch (UncheckedIOException e) {
      if (!killed) {
        throw e;
      }
    }
  }

  /** Sends the message that was not answered, or a new one. */
  private void send(Sender sender) {
    Map<String, @Nullable Object> message = sender.unanswered;
    if (message == null) {
      message = sender.group.message(sender.user, WireGroup.bytes(BYTES), List.of(), null);
      sender.unanswered = message;
    }
    WireAnswer answer = sender.user.post(sender.group.path("/messages"), message);
    if (answer.status() == 503) {
      comeAgain();
      return;
    }
    assertTrue(answer.status() == 201 || answer.status() == 200, answer::body);
    assertEquals(message.get("client_id"), answer.text("message.client_id"));
    ledger.write(
        new Ledger.Line(
            sender.group.id(),
            sender.user.id(),
            answer.text("message.client_id"),
            answer.number("message.id")));
    sender.unanswered = null;
  }

  private void read(Sender sender) {
    int status = sender.user.get(sender.group.path("/messages?limit=5")).status();
    if (status == 503) {
      comeAgain();
      return;
    }
    assertEquals(200, status);
  }

  private void comeAgain() {
    unavailable.incrementAndGet();
    try {
      TimeUnit.MILLISECONDS.sleep(RETRY_AFTER_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How often they were told 503. */
  int unavailable() {
    return unavailable.get();
  }

  /**
   * Each sends one message, or hears what has become of the last one; nobody is sent away, of three
   * times at the latest at the third, because the database may not be quite back.
   */
  void sendOnce() {
    int sentAway = 1;
    for (int times = 0; sentAway > 0 && times < 3; times++) {
      int before = unavailable();
      senders.forEach(this::send);
      senders.forEach(this::read);
      sentAway = unavailable() - before;
    }
    assertEquals(0, sentAway);
  }

  /**
   * Reads on in the conversations, whose positions must have no gap.
   *
   * @return what the ledger has, and the conversations have not, or not there
   */
  List<Ledger.Line> lost() {
    Map<Long, Map<Long, Object>> there = new HashMap<>();
    logs.forEach((group, log) -> {
      log.addAll(group.catchUp(member(group)));
      Map<Long, Object> byId = new HashMap<>();
      for (Map<String, @Nullable Object> entry : log) {
        byId.put(
            (Long) Objects.requireNonNull(entry.get("id")),
            Objects.requireNonNull(entry.get("client_id")));
      }
      there.put(group.id(), byId);
    });
    return ledger.read().stream()
        .filter(line ->
            !line.clientId()
                .equals(there.getOrDefault(line.conversation(), Map.of()).get(line.id())))
        .toList();
  }

  /**
   * Everything that was answered is where the answer said, in order, once; and the server's running
   * hash is that of what it shows.
   */
  void assertNothingLost() {
    assertEquals(List.of(), lost());
    Map<Long, Long> last = new HashMap<>();
    for (Ledger.Line line : ledger.read()) {
      Long before = last.put(line.sender(), line.id());
      assertTrue(before == null || before < line.id(), line::toString);
    }
    logs.forEach((group, log) -> {
      Set<Object> clientIds = new HashSet<>();
      log.forEach(entry ->
          assertTrue(
              clientIds.add(Objects.requireNonNull(entry.get("client_id"))), entry::toString));
      // Refused if its own hash of what comes before is another one.
      log.add(group.send(member(group), "so far"));
    });
  }

  /** What was read piece by piece is still there, byte for byte. */
  void assertNothingChanged() {
    logs.forEach((group, log) -> {
      List<Map<String, @Nullable Object>> again = new ArrayList<>();
      List<Map<String, @Nullable Object>> page = List.of();
      long last = 1; // of the epoch
      do {
        page =
            member(group)
                .get(group.path("/messages?limit=100&after=" + last))
                .expect(200)
                .objects("messages");
        again.addAll(page);
        last += page.size();
      } while (!page.isEmpty());
      assertEquals(log, again);
    });
  }

  private static WireUser member(WireGroup group) {
    return group.lines().get(0).user();
  }
}
