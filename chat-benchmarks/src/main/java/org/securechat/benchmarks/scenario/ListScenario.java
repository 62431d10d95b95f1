package org.securechat.benchmarks.scenario;

import java.time.Clock;
import java.util.List;

/**
 * {@code GET /api/conversations}, signed: 50 conversations with eight members each. Connections
 * share the users.
 */
public final class ListScenario implements Scenario {
  private static final int MEMBERS = 8;
  private static final int CONVERSATIONS = 50;

  private final Users users;
  private final Clock clock;

  /**
   * The users are in no other conversation afterwards, or the list would hold those.
   *
   * @param users of this scenario alone
   */
  public ListScenario(Users users, Clock clock) {
    this.users = users;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "list";
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
    List<SignedInUser> members = users.first(MEMBERS);
    for (int i = 0; i < CONVERSATIONS; i++) {
      Group.begin(members, clock);
    }
  }

  @Override
  public byte[] request(int connection, int number) {
    return users.numbered(connection % MEMBERS).get("/api/conversations");
  }
}
