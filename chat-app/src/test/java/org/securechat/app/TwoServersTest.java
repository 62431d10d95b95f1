package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.testkit.TestUser;

/** Two processes on one PostgreSQL database: what there is once, there is once. */
class TwoServersTest {
  /** Below the number of failures that blocks an account. */
  private static final int TRIES = 4;

  @TempDir static Path folder;
  private static final List<ServerProcess> servers = new ArrayList<>();

  /** Stands still, so that what is signed at different seconds before it is never the same. */
  private final Clock clock = Clock.fixed(Clock.systemUTC().instant(), ZoneOffset.UTC);

  @BeforeAll
  static void start() throws IOException {
    Map<String, String> settings = new HashMap<>(TestDatabase.POSTGRESQL.create(folder));
    settings.putAll(Map.of("CHAT_ENV", "testing", "PORT", "0", "LOG_LEVEL", "warn"));
    for (String name : List.of("first", "second")) {
      servers.add(ServerProcess.serve(Files.createDirectory(folder.resolve(name)), settings));
    }
  }

  @AfterAll
  static void stop() {
    servers.forEach(ServerProcess::close);
  }

  private static TestApi api(int number) {
    return new TestApi(servers.get(number % servers.size()).url());
  }

  /** Signs so many seconds ago, so that no two requests are the same. */
  private TestAccount account(TestUser user, int secondsAgo) {
    return new TestAccount(user, Clock.offset(clock, Duration.ofSeconds(secondsAgo).negated()));
  }

  /** Sends to both servers, all at once. */
  private static List<String> together(int count, IntFunction<TestApi.Answer> send)
      throws Exception {
    CountDownLatch ready = new CountDownLatch(count);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers =
          threads.invokeAll(
              IntStream.range(0, count)
                  .mapToObj(i ->
                      (Callable<String>)
                          () -> {
                            ready.countDown();
                            ready.await(1, TimeUnit.MINUTES);
                            return send.apply(i).code();
                          })
                  .toList());
      List<String> codes = new ArrayList<>();
      for (Future<String> answer : answers) {
        codes.add(answer.get());
      }
      Collections.sort(codes);
      return codes;
    }
  }

  private static void assertOnce(String done, String refused, List<String> codes) {
    List<String> expected = new ArrayList<>(Collections.nCopies(codes.size() - 1, refused));
    expected.add(done);
    Collections.sort(expected);
    assertEquals(expected, codes);
  }

  private static String login(TestAccount signer, String factor, String value) {
    return signer.sign(
        "{\"username\":\"%s\",\"password_hash\":\"%s\",\"%s\":\"%s\"}"
            .formatted(signer.user().name(), signer.user().passwordHash(), factor, value));
  }

  @Test
  void usedSignature_toBothAtOnce_isTakenOnce() throws Exception {
    String registration = account(TestUser.named("replayed"), 0).signedRegistration();

    assertOnce(
        "200 ",
        "401 replayed_request",
        together(20, i -> api(i).post("/api/register", registration)));
  }

  @Test
  void name_confirmedByBothAtOnce_isGivenOnce() throws Exception {
    List<TestAccount> rivals = new ArrayList<>();
    List<TestApi> apis = new ArrayList<>();
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      TestAccount rival = account(TestUser.named("rival" + i), 0);
      Map<String, String> data = rival.registration();
      data.put("username", TestAccount.quote("TheName"));
      TestApi api = api(i);
      String secret = api.post("/api/register", rival.sign(TestAccount.json(data))).get("secret");
      rivals.add(rival);
      apis.add(api);
      codes.add(rival.code(secret, 0));
    }

    assertOnce(
        "201 ",
        "409 username_taken",
        together(
            rivals.size(),
            i ->
                apis.get(i)
                    .post("/api/register/verify-2fa", rivals.get(i).signedCode(codes.get(i)))));
  }

  @Test
  void secondFactors_toBothAtOnce_areSpentOnce() throws Exception {
    TestAccount alice = account(TestUser.named("alice"), 0);
    TestApi api = api(0);
    String secret = api.post("/api/register", alice.signedRegistration()).get("secret");
    TestApi.Answer confirmed =
        api.post("/api/register/verify-2fa", alice.signedCode(alice.code(secret, 0)));
    String code = alice.code(secret, 1);

    assertOnce(
        "200 ",
        "401 invalid_credentials",
        together(
            TRIES, i -> api(i).post("/api/login", account(alice.user(), i).signedLogin(code))));
    assertOnce(
        "200 ",
        "401 invalid_credentials",
        together(
            TRIES,
            i ->
                api(i)
                    .post(
                        "/api/login",
                        login(
                            account(alice.user(), 10 + i),
                            "recovery_code",
                            confirmed.get("recovery_codes.0")))));

    String ticket =
        api.post(
                "/api/login/key",
                "{\"username\":\"alice\",\"password_hash\":\"%s\",\"recovery_code\":\"%s\"}"
                    .formatted(alice.user().passwordHash(), confirmed.get("recovery_codes.1")))
            .get("login_ticket");
    assertOnce(
        "200 ",
        "401 invalid_credentials",
        together(
            TRIES,
            i ->
                api(i)
                    .post(
                        "/api/login",
                        login(account(alice.user(), 20 + i), "login_ticket", ticket))));
  }

  @Test
  void failures_halfWithEachServer_areCountedTogether() {
    TestAccount bob = account(TestUser.named("bob"), 0);
    String secret = bob.register(api(0));
    for (int i = 0; i < 5; i++) {
      TestAccount signer = account(bob.user(), i);
      assertEquals(
          "401 invalid_credentials",
          api(i).post("/api/login", signer.signedLogin(bob.wrongCode(secret))).code());
    }

    for (int i = 0; i < 2; i++) {
      assertEquals(
          "429 rate_limited",
          api(i)
              .post("/api/login", account(bob.user(), 10 + i).signedLogin(bob.code(secret, 1)))
              .code());
    }
  }

  @Test
  void session_openedWithOne_isKnownToTheOtherAndEndsWithIt() {
    TestAccount carol = account(TestUser.named("carol"), 0);
    TestApi first = api(0);
    carol.register(first);
    TestApi second = api(1);
    second.useCookie(first.cookie().orElseThrow());

    assertEquals(200, second.post("/api/me", carol.sign("{}")).status());
    assertEquals(200, second.post("/api/logout", account(carol.user(), 1).sign("{}")).status());
    assertEquals(
        "401 not_authenticated", first.post("/api/me", account(carol.user(), 2).sign("{}")).code());
  }

  @Test
  void health_ofBoth_isGood() throws InterruptedException {
    for (int i = 0; i < servers.size(); i++) {
      servers.get(i).awaitHealth();
      String line = servers.get(i).printed().get(0);
      assertTrue(line.contains(", PostgreSQL 127.0.0.1:"), line);
      assertTrue(!line.contains("chat:") && !line.contains("p%40ss"), line);
    }
  }
}
