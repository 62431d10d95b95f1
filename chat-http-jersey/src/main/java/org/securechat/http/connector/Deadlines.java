package org.securechat.http.connector;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Counts connections, and cuts those whose peer takes too long over a head, a body or a silence.
 * Grizzly's own time-outs start again with every byte, so a trickle would hold a connection
 * forever. An answer in the making has all the time it wants. For any thread.
 */
final class Deadlines {
  private final ConnectorSettings settings;
  private final LongSupplier nanos;
  private final Set<Peer> peers = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();

  Deadlines(ConnectorSettings settings, LongSupplier nanos) {
    this.settings = settings;
    this.nanos = nanos;
  }

  /**
   * Begins to watch a connection.
   *
   * @param cut ends it; must not block
   * @return empty when there are too many; the connection is to be closed then
   */
  Optional<Peer> accept(Runnable cut) {
    if (count.incrementAndGet() > settings.maxConnections()) {
      count.decrementAndGet();
      return Optional.empty();
    }
    Peer peer = new Peer(cut);
    peers.add(peer);
    return Optional.of(peer);
  }

  int connections() {
    return count.get();
  }

  /** Cuts whoever is late; to be called about once a second. */
  void sweep() {
    long now = nanos.getAsLong();
    for (Peer peer : peers) {
      if (peer.isLate(now)) {
        peer.cut.run();
      }
    }
  }

  private enum Phase {
    IDLE,
    HEAD,
    BODY,
    ANSWER
  }

  private record State(Phase phase, long since) {}

  /** One connection's progress. */
  final class Peer {
    private final Runnable cut;
    private volatile State state;

    private Peer(Runnable cut) {
      this.cut = cut;
      this.state = new State(Phase.IDLE, nanos.getAsLong());
    }

    /** Bytes came: after a silence they begin a head. */
    void received() {
      if (state.phase() == Phase.IDLE) {
        enter(Phase.HEAD);
      }
    }

    void headEnded(boolean bodyFollows) {
      enter(bodyFollows ? Phase.BODY : Phase.ANSWER);
    }

    void bodyEnded() {
      if (state.phase() == Phase.BODY) {
        enter(Phase.ANSWER);
      }
    }

    /** The answer is written; what is left of a body has the time of a body to pass by. */
    void answered(boolean bodyLeft) {
      enter(bodyLeft ? Phase.BODY : Phase.IDLE);
    }

    void closed() {
      if (peers.remove(this)) {
        count.decrementAndGet();
      }
    }

    private void enter(Phase phase) {
      state = new State(phase, nanos.getAsLong());
    }

    private boolean isLate(long now) {
      State seen = state;
      return switch (seen.phase()) {
        case IDLE -> isOver(settings.idleTimeout(), seen, now);
        case HEAD -> isOver(settings.headTimeout(), seen, now);
        case BODY -> isOver(settings.bodyTimeout(), seen, now);
        case ANSWER -> false;
      };
    }

    private static boolean isOver(Duration limit, State seen, long now) {
      return now - seen.since() > limit.toNanos();
    }
  }
}
