package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.TestUser;

/** Whose address the limits count, seen from outside: one registration an hour for each. */
class TrustedProxyTest {
  @TempDir Path folder;
  private final TestClock clock = TestClock.atNoon();
  private int users;

  private TestServer start(String trusted) {
    return TestServer.start(
        folder, clock, Map.of("TRUSTED_PROXIES", trusted, "LIMIT_REGISTRATIONS_PER_ADDRESS", "1"));
  }

  private int register(TestServer server, String... forwarded) {
    TestAccount account = new TestAccount(TestUser.named("user" + users++), clock);
    TestApi api = new TestApi(server.url());
    HttpRequest.Builder request =
        api.request("/api/register")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(account.signedRegistration()));
    List.of(forwarded).forEach(line -> request.header("X-Forwarded-For", line));
    return api.send(request).status();
  }

  @Test
  void client_behindATrustedProxy_isCountedByItsOwnAddress() {
    try (TestServer server = start("127.0.0.1")) {
      assertEquals(200, register(server, "203.0.113.1"));
      assertEquals(429, register(server, "203.0.113.1"));
      assertEquals(200, register(server, "203.0.113.2"));
    }
  }

  @Test
  void client_thatInventsAddresses_isCountedByItsOwn() {
    try (TestServer server = start("127.0.0.0/8")) {
      assertEquals(200, register(server, "198.51.100.1, 203.0.113.1"));
      assertEquals(429, register(server, "198.51.100.2, 203.0.113.1"));
      assertEquals(429, register(server, "198.51.100.3", "203.0.113.1"));
      assertEquals(429, register(server, "nonsense, 203.0.113.1, 127.0.0.2"));
      assertEquals(429, register(server, "127.0.0.1, 203.0.113.1"));
    }
  }

  @Test
  void client_ofAProxyOnLoopbackThatNamesNobody_isNotTakenForThisMachine() {
    try (TestServer server = start("127.0.0.1")) {
      assertEquals(200, register(server));
      assertEquals(429, register(server, "unknown"));
    }
  }

  @Test
  void peer_thatIsNoTrustedProxy_isNotBelieved() {
    try (TestServer server = start("192.0.2.1")) {
      // Loopback is not counted in testing; believed, the second would be refused.
      assertEquals(200, register(server, "203.0.113.1"));
      assertEquals(200, register(server, "203.0.113.1"));
    }
  }
}
