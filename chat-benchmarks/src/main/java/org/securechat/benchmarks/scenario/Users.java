package org.securechat.benchmarks.scenario;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.securechat.benchmarks.http.Target;

/**
 * The users of one server, registered when they are first asked for: several scenarios use the
 * same, because a registration costs the server a slow hash. Grows in one thread; those that are
 * there may be had by many.
 */
public final class Users {
  private final Target target;
  private final String name;
  private final Clock clock;
  private final List<SignedInUser> users = new ArrayList<>();

  /**
   * Nobody yet.
   *
   * @param name what all their names begin with; nobody else's on this server does
   */
  public Users(Target target, String name, Clock clock) {
    this.target = target;
    this.name = name;
    this.clock = clock;
  }

  /** So many, from the first on; registers who is missing. */
  List<SignedInUser> first(int count) {
    while (users.size() < count) {
      users.add(SignedInUser.register(target, name + users.size(), clock));
    }
    return List.copyOf(users.subList(0, count));
  }

  /** One of those that are there, from 0. */
  SignedInUser numbered(int number) {
    return users.get(number);
  }
}
