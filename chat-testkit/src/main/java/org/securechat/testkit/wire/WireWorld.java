package org.securechat.testkit.wire;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.TestUser;

/**
 * A server and those who use it. Users are registered when they are asked for first, so that tests
 * that share a world share them; conversations are each test's own. For one thread at a time.
 */
public final class WireWorld {
  private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(20);

  private final Clock clock;
  private final @Nullable TestClock moved;
  private final WireScheme scheme;
  private final Map<String, WireUser> users = new HashMap<>();
  private volatile String url;

  /**
   * Registers nobody yet.
   *
   * @param url such as {@code http://127.0.0.1:5000}
   * @param clock the server's; each request moves it a little
   */
  public WireWorld(String url, TestClock clock, WireScheme scheme) {
    this(url, clock, clock, scheme);
  }

  private WireWorld(String url, Clock clock, @Nullable TestClock moved, WireScheme scheme) {
    this.url = url;
    this.clock = clock;
    this.moved = moved;
    this.scheme = scheme;
  }

  /** A server that goes by a clock that nobody moves, such as one in a process of its own. */
  public static WireWorld now(String url, Clock clock, WireScheme scheme) {
    return new WireWorld(url, clock, null, scheme);
  }

  /** Goes on with the same users at another address, where the server was started again. */
  public void moveTo(String next) {
    url = next;
  }

  URI uri(String path) {
    return URI.create(url + path);
  }

  /** The clock, if it is a test's. */
  TestClock clock() {
    if (moved == null) {
      throw new IllegalStateException("Nobody moves this server's clock");
    }
    return moved;
  }

  Instant instant() {
    return clock.instant();
  }

  /** Lets a little time go by, so that what limits count comes back. */
  void passTime() {
    if (moved != null) {
      moved.advance(BETWEEN_REQUESTS);
    }
  }

  WireScheme scheme() {
    return scheme;
  }

  /** Somebody with an account and a session. */
  public WireUser user(String name) {
    return users.computeIfAbsent(name, this::register);
  }

  private WireUser register(String name) {
    WireUser user = stranger(name);
    user.confirmRegistration(user.beginRegistration());
    return user;
  }

  /** Somebody with a key, and no account yet; another one at each call. */
  public WireUser stranger(String name) {
    return new WireUser(
        this, TestUser.named(name + "-" + UUID.randomUUID().toString().substring(0, 8)));
  }
}
