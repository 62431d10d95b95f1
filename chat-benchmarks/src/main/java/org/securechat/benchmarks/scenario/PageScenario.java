package org.securechat.benchmarks.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.securechat.benchmarks.http.ClosedLoop;
import org.securechat.benchmarks.http.Stock;
import org.securechat.benchmarks.http.Target;
import org.securechat.benchmarks.measure.Slice;

/**
 * {@code GET /api/conversations/{id}/messages?limit=50}, signed: the newest 50 of 1,000 messages of
 * 2 KiB. Eight users are in the conversation; connections share them.
 */
public final class PageScenario implements Scenario {
  private static final int MEMBERS = 8;
  private static final int MESSAGES = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Target target;
  private final Users users;
  private final Clock clock;
  private String path = "";

  public PageScenario(Target target, Users users, Clock clock) {
    this.target = target;
    this.users = users;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "page";
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
    Group group = Group.begin(members, clock);
    fill(group, members);
    path = group.path() + "/messages?limit=50";
  }

  private void fill(Group group, List<SignedInUser> members) {
    Stock messages =
        Stock.make(
            (connection, number) -> group.send(members.get(connection)),
            MEMBERS,
            0,
            // The first connection that is done ends the turn, before the others are.
            MESSAGES / MEMBERS * 2,
            false);
    try {
      Slice filled = ClosedLoop.run(target, messages, 201, PATIENCE);
      if (filled.refused() > 0 || filled.latencies().count() < MESSAGES) {
        throw new IllegalStateException("The conversation could not be filled");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public byte[] request(int connection, int number) {
    return users.numbered(connection % MEMBERS).get(path);
  }
}
