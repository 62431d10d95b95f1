package org.securechat.benchmarks.scenario;

import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.securechat.benchmarks.http.Target;

/** {@code POST /api/me}, signed: the smallest request of somebody signed in. */
public final class MeScenario implements Scenario {
  private final Target target;
  private final Clock clock;
  private List<SignedInUser> users = List.of();

  public MeScenario(Target target, Clock clock) {
    this.target = target;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "me";
  }

  @Override
  public int expectedStatus() {
    return 200;
  }

  /** A request that only reads may be repeated. */
  @Override
  public boolean repeats() {
    return true;
  }

  @Override
  public void prepare(int connections) {
    users =
        IntStream.range(0, connections)
            .mapToObj(i -> SignedInUser.register(target, "reader" + i, clock))
            .toList();
  }

  @Override
  public byte[] request(int connection, int number) {
    return users.get(connection).post("/api/me", "");
  }
}
