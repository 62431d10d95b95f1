package org.securechat.http.connector;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts connections, and cuts those whose peer takes too long over a head, a body or a silence, or
 * doesn't keep the pace of a long transfer. Grizzly's own time-outs start again with every byte, so
 * a trickle would hold a connection forever. An answer in the making has all the time it wants. For
 * any thread.
 */
final class Deadlines {
  /** The property of a request under which its {@link Peer} is found. */
  static final String PEER = Deadlines.class.getName();

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
    UPLOAD,
    ANSWER,
    DOWNLOAD,
    LEFTOVER
  }

  /** The pace is null where it doesn't matter. */
  private record State(Phase phase, long since, @Nullable Pace pace) {}

  /** One connection's progress. */
  final class Peer {
    private final Runnable cut;
    private volatile State state;
    private long leftBytes;

    private Peer(Runnable cut) {
      this.cut = cut;
      this.state = new State(Phase.IDLE, nanos.getAsLong(), null);
    }

    /** Bytes came: after a silence they begin a head, after an answer they are nobody's. */
    void received(int bytes) {
      switch (state.phase()) {
        case IDLE -> enter(Phase.HEAD);
        case LEFTOVER -> passBy(bytes);
        default -> {} // part of what is being read
      }
    }

    private void passBy(int bytes) {
      leftBytes += bytes;
      if (leftBytes > settings.maxBodyLeft()) {
        cut.run();
      }
    }

    void headEnded(boolean bodyFollows) {
      enter(bodyFollows ? Phase.BODY : Phase.ANSWER);
    }

    /** The body may take as long as it keeps the pace; nothing if it has ended already. */
    void uploadBegins() {
      if (state.phase() == Phase.BODY) {
        enter(Phase.UPLOAD, settings.minUploadRate());
      }
    }

    void bodyEnded() {
      switch (state.phase()) {
        case BODY, UPLOAD -> enter(Phase.ANSWER);
        case LEFTOVER -> enter(Phase.IDLE);
        default -> {} // there was none
      }
    }

    /** The answer's body is being written, and the peer has to keep the pace of taking it. */
    void downloadBegins() {
      enter(Phase.DOWNLOAD, settings.minDownloadRate());
    }

    /** A thread waits for the peer to send or take some bytes. */
    void waits() {
      Pace pace = state.pace();
      if (pace != null) {
        pace.waits();
      }
    }

    /** So many were sent or taken. */
    void moved(int bytes) {
      Pace pace = state.pace();
      if (pace != null) {
        pace.moved(bytes);
      }
    }

    /**
     * The answer is written; what is left of a body has the time of a body to pass by, and may be
     * so much.
     */
    void answered(boolean bodyLeft) {
      leftBytes = 0;
      enter(bodyLeft ? Phase.LEFTOVER : Phase.IDLE);
    }

    /** Ends the connection. */
    void cut() {
      cut.run();
    }

    void closed() {
      if (peers.remove(this)) {
        count.decrementAndGet();
      }
    }

    private void enter(Phase phase) {
      state = new State(phase, nanos.getAsLong(), null);
    }

    private void enter(Phase phase, int bytesPerSecond) {
      Pace pace = new Pace(bytesPerSecond, settings.ratePatience(), nanos);
      state = new State(phase, nanos.getAsLong(), pace);
    }

    private boolean isLate(long now) {
      State seen = state;
      return switch (seen.phase()) {
        case IDLE -> isOver(settings.idleTimeout(), seen, now);
        case HEAD -> isOver(settings.headTimeout(), seen, now);
        case BODY, LEFTOVER -> isOver(settings.bodyTimeout(), seen, now);
        case UPLOAD, DOWNLOAD -> seen.pace() != null && seen.pace().isLost(now);
        case ANSWER -> false;
      };
    }

    private static boolean isOver(Duration limit, State seen, long now) {
      return now - seen.since() > limit.toNanos();
    }
  }
}
