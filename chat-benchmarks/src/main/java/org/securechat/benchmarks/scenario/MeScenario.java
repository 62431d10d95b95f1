package org.securechat.benchmarks.scenario;

/** {@code POST /api/me}, signed: the smallest request of somebody signed in. */
public final class MeScenario implements Scenario {
  private final Users users;

  public MeScenario(Users users) {
    this.users = users;
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
    users.first(connections);
  }

  @Override
  public byte[] request(int connection, int number) {
    return users.numbered(connection).post("/api/me", "");
  }
}
