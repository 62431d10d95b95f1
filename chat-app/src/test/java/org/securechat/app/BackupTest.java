package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.persistence.Schema;
import org.securechat.persistence.SqliteSettings;
import org.securechat.testkit.Background;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.TestUser;

/** A copy that {@code db backup} makes of a database that is served, and what it refuses later. */
class BackupTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @TempDir Path folder;

  private static Map<String, String> settings(Path database) {
    return Map.of(
        "CHAT_ENV", "testing",
        "PORT", "0",
        "LOG_LEVEL", "warn",
        "SECRET_KEY", SECRET,
        "DATABASE_URL", "sqlite:///" + database);
  }

  private int run(Path database, String... arguments) {
    return Main.run(settings(database), new Properties(), arguments);
  }

  @Test
  void backup_restored_refusesWhatItsOriginalMayHaveSeen() {
    TestClock clock = TestClock.atNoon();
    TestAccount alice = new TestAccount(TestUser.named("alice"), clock);
    Path original = folder.resolve("chat.db");
    Path copy = folder.resolve("copy.db");
    try (TestServer server = TestServer.start(folder, clock, settings(original))) {
      TestApi api = new TestApi(server.url());
      String secret = alice.register(api);
      assertEquals(0, run(original, "db", "backup", copy.toString()));

      // What follows is not in the copy.
      clock.advance(Duration.ofSeconds(60));
      String code = alice.code(secret, 0);
      String login = alice.signedLogin(code);
      TestApi elsewhere = new TestApi(server.url());
      assertEquals(200, elsewhere.post("/api/login", login).status());
      String logout = alice.sign("{\"bye\":1}");
      String cookie = api.cookie().orElseThrow();
      assertEquals(200, api.post("/api/logout", logout).status());

      try (TestServer restored = TestServer.start(folder, clock, settings(copy))) {
        TestApi there = new TestApi(restored.url());
        there.useCookie(cookie);
        TestApi.Answer refused = there.post("/api/logout", logout);
        assertEquals("401 timestamp_out_of_range", refused.code());
        assertEquals(Long.toString(clock.instant().getEpochSecond()), refused.get("server_time"));
        assertEquals("401 timestamp_out_of_range", there.post("/api/login", login).code());
        assertEquals("401 timestamp_out_of_range", there.post("/api/me", alice.sign("{}")).code());

        clock.advance(Duration.ofSeconds(1));
        assertEquals(200, there.post("/api/me", alice.sign("{}")).status());
        assertEquals(
            "401 invalid_credentials", there.post("/api/login", alice.signedLogin(code)).code());

        clock.advance(Duration.ofSeconds(30));
        assertEquals(
            200, there.post("/api/login", alice.signedLogin(alice.code(secret, 0))).status());
      }
      assertEquals(200, elsewhere.post("/api/me", alice.sign("{}")).status());
      assertEquals("401 replayed_request", elsewhere.post("/api/login", login).code());
    }
  }

  @Test
  void restored_copyMadeByOtherMeans_refusesWhatWasSignedBefore() throws Exception {
    TestClock clock = TestClock.atNoon();
    TestAccount alice = new TestAccount(TestUser.named("alice"), clock);
    Path database = folder.resolve("chat.db");
    TestApi api = new TestApi("");
    try (TestServer server = TestServer.start(folder, clock, settings(database))) {
      alice.register(api.at(server.url()));
    }
    Path copy = Files.copy(database, folder.resolve("copy.db"));

    try (TestServer plain = TestServer.start(folder, clock, settings(copy))) {
      assertEquals(200, api.at(plain.url()).post("/api/me", alice.sign("{}")).status());
      assertEquals(2, run(copy, "db", "restored"));
    }
    assertEquals(0, run(copy, "db", "restored"));
    try (TestServer restored = TestServer.start(folder, clock, settings(copy))) {
      TestApi there = api.at(restored.url());
      assertEquals("401 timestamp_out_of_range", there.post("/api/me", alice.sign("{}")).code());
      clock.advance(Duration.ofSeconds(1));
      assertEquals(200, there.post("/api/me", alice.sign("{}")).status());
    }
  }

  @Test
  void restored_noDatabaseOrAnEmptyOne_isRefusedAndStaysSo() throws Exception {
    Path none = folder.resolve("none.db");
    try (ServerProcess process = ServerProcess.start(folder, settings(none), "db", "restored")) {
      assertEquals(2, process.await());
      assertEquals("secure-chat: There is no database " + none + ".", process.errors().strip());
    }
    assertFalse(Files.exists(none));
    Path empty = Files.createFile(folder.resolve("empty.db"));

    assertEquals(2, run(empty, "db", "restored"));

    assertEquals(0, Schema.ofSqlite(SqliteSettings.of(empty)).status().current());
  }

  @Test
  void backup_whileAServerProcessWrites_isWholeAndServes() throws Exception {
    TestAccount alice = new TestAccount(TestUser.named("alice"), Clock.systemUTC());
    Path copy = folder.resolve("copy.db");
    TestApi api = new TestApi("");
    try (ServerProcess server = ServerProcess.serve(folder, settings(Path.of("chat.db")))) {
      alice.register(api.at(server.url()));
      AtomicBoolean stop = new AtomicBoolean();
      CompletableFuture<Integer> writing =
          Background.supply(() -> registrations(server.url(), stop));
      Path elsewhere = Files.createDirectory(folder.resolve("backup"));
      Map<String, String> absolute = settings(folder.resolve("chat.db"));
      try (ServerProcess backup =
          ServerProcess.start(elsewhere, absolute, "db", "backup", copy.toString())) {
        assertEquals(0, backup.await(), backup.errors());
        assertTrue(backup.errors().contains("copied 100 %"), backup.errors());
        assertTrue(backup.printed().get(0).startsWith(copy + ": "), backup.printed()::toString);
      }
      stop.set(true);
      assertTrue(writing.join() > 0);
      try (ServerProcess again =
          ServerProcess.start(elsewhere, absolute, "db", "backup", copy.toString())) {
        assertEquals(2, again.await());
        assertTrue(again.errors().contains("exists already"), again.errors());
      }
    }
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)));
    try (ServerProcess restored = ServerProcess.serve(folder, settings(Path.of("copy.db")))) {
      api.at(restored.url());
      // In the second of the start nothing is accepted.
      TestApi.Answer answer = api.post("/api/me", alice.sign("{}"));
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (answer.status() != 200 && System.nanoTime() < deadline) {
        assertEquals("401 timestamp_out_of_range", answer.code());
        answer = api.post("/api/me", alice.sign("{}"));
      }
      assertEquals("alice", answer.get("username"));
    }
  }

  /** Begins registrations until it is told to stop; how many were accepted. */
  private static int registrations(String url, AtomicBoolean stop) {
    int accepted = 0;
    for (int i = 0; !stop.get(); i++) {
      TestAccount somebody = new TestAccount(TestUser.named("user" + i), Clock.systemUTC());
      TestApi api = new TestApi(url);
      assertEquals(200, api.post("/api/register", somebody.signedRegistration()).status());
      accepted++;
    }
    return accepted;
  }

  @Test
  void backup_noDatabase_isOneSentenceAndLeavesNoFile() {
    Path copy = folder.resolve("copy.db");

    assertEquals(2, run(folder.resolve("none.db"), "db", "backup", copy.toString()));

    assertFalse(Files.exists(copy));
    assertFalse(Files.exists(folder.resolve("none.db")));
  }
}
