package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.testkit.TestUser;

/** What was answered with 200 or 201 is there after {@code kill -9}, and can't be done again. */
class CrashTest {
  private static final Map<String, String> SETTINGS =
      Map.of("CHAT_ENV", "testing", "PORT", "0", "LOG_LEVEL", "warn");

  @TempDir Path folder;

  private final TestAccount alice = new TestAccount(TestUser.named("alice"), Clock.systemUTC());
  private final TestApi api = new TestApi("");

  /** Sends a request to a server that is killed as soon as it has answered. */
  private TestApi.Answer beforeTheCrash(String path, String body) {
    try (ServerProcess server = ServerProcess.serve(folder, SETTINGS)) {
      TestApi.Answer answer = api.at(server.url()).post(path, body);
      server.kill();
      return answer;
    }
  }

  @Test
  void killedAfterEachStep_keepsTheStepAndRefusesItsRepetition() {
    String registration = alice.signedRegistration();
    TestApi.Answer begun = beforeTheCrash("/api/register", registration);
    assertEquals(200, begun.status());
    String secret = begun.get("secret");

    String confirmation = alice.signedCode(alice.code(secret, 0));
    assertEquals(201, beforeTheCrash("/api/register/verify-2fa", confirmation).status());

    String login = alice.signedLogin(alice.code(secret, 1));
    assertEquals(200, beforeTheCrash("/api/login", login).status());

    String cookie = api.cookie().orElseThrow();
    String logout = alice.sign("{\"bye\":1}");
    assertEquals(200, beforeTheCrash("/api/logout", logout).status());

    try (ServerProcess server = ServerProcess.serve(folder, SETTINGS)) {
      TestApi again = api.at(server.url());
      again.useCookie(cookie);
      assertEquals("401 not_authenticated", again.post("/api/me", alice.sign("{}")).code());
      assertEquals("401 not_authenticated", again.post("/api/logout", logout).code());
      assertEquals(
          "400 no_pending_registration",
          again.post("/api/register/verify-2fa", confirmation).code());
      assertEquals("401 replayed_request", again.post("/api/register", registration).code());
      assertEquals("401 replayed_request", again.post("/api/login", login).code());
    }
  }
}
