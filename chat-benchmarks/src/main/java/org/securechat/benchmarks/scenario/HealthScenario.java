package org.securechat.benchmarks.scenario;

import org.securechat.benchmarks.http.Requests;
import org.securechat.benchmarks.http.Target;

/** {@code GET /health/live}: what HTTP alone costs, without signature and database. */
public final class HealthScenario implements Scenario {
  private final Target target;

  public HealthScenario(Target target) {
    this.target = target;
  }

  @Override
  public String name() {
    return "health";
  }

  @Override
  public int expectedStatus() {
    return 200;
  }

  @Override
  public boolean repeats() {
    return true;
  }

  @Override
  public void prepare(int connections) {
    // It needs nothing.
  }

  @Override
  public byte[] request(int connection, int number) {
    return Requests.get(target, "/health/live");
  }
}
