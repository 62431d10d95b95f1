package org.securechat.benchmarks.scenario;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code POST /api/conversations/{id}/messages}: 2 KiB, signed, to the current epoch. Each
 * connection is a user of its own; eight at a time share a conversation.
 */
public final class SendScenario implements Scenario {
  private static final int MEMBERS = 8;

  private final Users users;
  private final Clock clock;
  private final List<Group> groups = new ArrayList<>();

  public SendScenario(Users users, Clock clock) {
    this.users = users;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "send";
  }

  @Override
  public int expectedStatus() {
    return 201;
  }

  /** The same message again is not stored again. */
  @Override
  public boolean repeats() {
    return false;
  }

  @Override
  public void prepare(int connections) {
    List<SignedInUser> senders = users.first(connections);
    for (int first = 0; first < connections; first += MEMBERS) {
      int end = Math.min(connections, first + MEMBERS);
      groups.add(Group.begin(senders.subList(first, end), clock));
    }
  }

  @Override
  public byte[] request(int connection, int number) {
    return groups.get(connection / MEMBERS).send(users.numbered(connection));
  }
}
