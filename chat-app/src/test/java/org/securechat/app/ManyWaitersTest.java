package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.testkit.wire.WireGroup;
import org.securechat.testkit.wire.WireScheme;
import org.securechat.testkit.wire.WireUser;
import org.securechat.testkit.wire.WireWorld;

/**
 * Two thousand who wait for events cost the server no threads of the operating system, and a change
 * wakes only those whom it concerns. The server runs in this process, so that its threads can be
 * counted.
 */
@Tag("slow")
class ManyWaitersTest {
  private static final int PAIRS = 10;
  private static final int WAITS_PER_USER = 100;
  private static final int WAITERS = 2 * PAIRS * WAITS_PER_USER;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String NOTHING = "{\"events\":[],\"more\":false}";

  /** Such as come and go anyway, and those that carry virtual threads. */
  private static final int MOST_NEW_THREADS = 100;

  private static final Map<String, String> SETTINGS =
      Map.of(
          "METRICS_PORT", "0",
          "LIMIT_WAITERS_PER_USER", String.valueOf(WAITS_PER_USER),
          "LIMIT_REQUESTS_PER_USER_BURST", "1000000",
          "LIMIT_REQUESTS_PER_USER_PER_SECOND", "1000000");

  @TempDir Path folder;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();
  private final List<Pair> pairs = new ArrayList<>();
  private TestServer server;

  /** Two in a conversation of their own, and what they hear while they wait. */
  private record Pair(WireGroup group, List<CompletableFuture<String>> heard) {

    List<WireUser> users() {
      return group.lines().stream().map(WireGroup.Line::user).toList();
    }

    String after(long wait) {
      return "{\"after\":{\"%d\":%d},\"wait\":%d}".formatted(group.id(), group.last(), wait);
    }
  }

  @BeforeEach
  void start() {
    server = TestServer.start(folder, Clock.systemUTC(), SETTINGS);
    WireWorld world = WireWorld.now(server.url(), Clock.systemUTC(), WireScheme.RFC9421);
    for (int i = 0; i < PAIRS; i++) {
      WireGroup group = WireGroup.joined(world.user("one" + i), world.user("other" + i));
      pairs.add(new Pair(group, new ArrayList<>()));
    }
  }

  @AfterEach
  void stop() {
    http.shutdownNow();
    server.close();
  }

  @Test
  void change_whileTwoThousandWait_wakesItsWaitersAndNoThreadIsSpentOnTheOthers() throws Exception {
    // These start the threads that are there anyway.
    wake(pairs.get(0), beginToWait(pairs.get(0), 1));
    new TestApi(server.metricsUrl()).get("");
    int before = platformThreads();

    pairs.forEach(pair -> pair.heard().addAll(beginToWait(pair, WAITS_PER_USER)));
    awaitAllWaiting();

    int more = platformThreads() - before;
    System.out.printf("%d wait: %d threads, and %d before%n", WAITERS, before + more, before);
    assertTrue(more <= MOST_NEW_THREADS, () -> more + " more threads");
    wake(pairs.get(0), pairs.get(0).heard());
    assertEquals(0, answered(pairs.subList(1, PAIRS)));
    for (Pair pair : pairs.subList(1, PAIRS)) {
      wake(pair, pair.heard());
    }
  }

  private List<CompletableFuture<String>> beginToWait(Pair pair, int times) {
    List<CompletableFuture<String>> heard = new ArrayList<>();
    for (WireUser user : pair.users()) {
      for (int i = 0; i < times; i++) {
        heard.add(await(user, pair.after(30)));
      }
    }
    return heard;
  }

  /** Waits until there is something, however often a wait ends without. */
  private CompletableFuture<String> await(WireUser user, String data) {
    HttpRequest request =
        user.inSession(user.prepare("POST", "/api/sync", data).timeout(PATIENCE)).build();
    return http.sendAsync(request, BodyHandlers.ofString())
        .thenCompose(answer ->
            hasNothing(answer)
                ? await(user, data)
                : CompletableFuture.completedFuture(answer.body()));
  }

  /** Or all came at once, and the server had too much to read. */
  private static boolean hasNothing(HttpResponse<String> answer) {
    return answer.statusCode() != 200 || answer.body().equals(NOTHING);
  }

  private void awaitAllWaiting() throws InterruptedException {
    TestApi metrics = new TestApi(server.metricsUrl());
    String all = "\nsecure_chat_waits " + (double) WAITERS + "\n";
    Waits.await("all waiting", PATIENCE, () -> metrics.get("").response().body().contains(all));
  }

  /** Sends a message, of which all of them must hear. */
  private static void wake(Pair pair, List<CompletableFuture<String>> heard)
      throws InterruptedException {
    Object id = pair.group().send(pair.users().get(0), "hello").get("client_id");
    Waits.await("the message", PATIENCE, () -> heard.stream().allMatch(CompletableFuture::isDone));
    for (CompletableFuture<String> each : heard) {
      String body = each.join();
      assertTrue(body.contains("\"client_id\":\"" + id + "\""), body);
    }
  }

  private static long answered(List<Pair> asked) {
    return asked.stream()
        .flatMap(pair -> pair.heard().stream())
        .filter(CompletableFuture::isDone)
        .count();
  }

  private static int platformThreads() {
    return Thread.getAllStackTraces().size();
  }
}
