package org.securechat.http.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
  private static final ConnectorSettings SETTINGS = ConnectorSettings.defaults();

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // wraps around at once
  private final AtomicInteger cuts = new AtomicInteger();
  private final Deadlines deadlines = new Deadlines(SETTINGS, nanos::get);
  private final Deadlines.Peer peer = deadlines.accept(cuts::incrementAndGet).orElseThrow();

  @Test
  void sweep_silence_cutsAfterIdleTimeout() {
    assertCutAfter(SETTINGS.idleTimeout());
  }

  @Test
  void sweep_trickledHead_cutsAfterHeadTimeout() {
    peer.received(1);
    for (int i = 1; i < 10; i++) {
      pass(SETTINGS.headTimeout().dividedBy(10));
      peer.received(1);
    }

    assertCutAfter(SETTINGS.headTimeout().dividedBy(10));
  }

  @Test
  void sweep_trickledBody_cutsAfterBodyTimeout() {
    peer.received(1);
    peer.headEnded(true);
    pass(SETTINGS.bodyTimeout().dividedBy(2));
    peer.received(1);

    assertCutAfter(SETTINGS.bodyTimeout().dividedBy(2));
  }

  @Test
  void sweep_answerInTheMaking_isLeftAlone() {
    peer.received(1);
    peer.headEnded(true);
    peer.bodyEnded();
    pass(Duration.ofDays(1));

    assertEquals(0, cuts.get());

    peer.answered(false);

    assertCutAfter(SETTINGS.idleTimeout());
  }

  @Test
  void sweep_bodyLeftAfterAnswer_cutsAfterBodyTimeout() {
    peer.received(1);
    peer.headEnded(true);
    peer.answered(true);

    assertCutAfter(SETTINGS.bodyTimeout());
  }

  @Test
  void sweep_leftoverThatEnds_isIdleAgain() {
    peer.received(1);
    peer.headEnded(true);
    peer.answered(true);
    pass(SETTINGS.bodyTimeout().dividedBy(2));
    peer.bodyEnded();

    assertCutAfter(SETTINGS.idleTimeout());
  }

  @Test
  void received_leftoverAtAndOverItsBound_cutsAtTheByteMore() {
    peer.received(SETTINGS.maxBodyLeft());
    peer.headEnded(true);
    peer.received(SETTINGS.maxBodyLeft());
    peer.answered(true);
    peer.received(SETTINGS.maxBodyLeft());
    assertEquals(0, cuts.get());

    peer.received(1);

    assertEquals(1, cuts.get());
  }

  @Test
  void sweep_upload_isCutWhenItFallsBehind() {
    peer.received(1);
    peer.headEnded(true);
    peer.uploadBegins();
    assertPaced(SETTINGS.minUploadRate());
  }

  @Test
  void sweep_download_isCutWhenItFallsBehind() {
    peer.received(1);
    peer.headEnded(false);
    peer.downloadBegins();
    assertPaced(SETTINGS.minDownloadRate());
  }

  /** A peer that is just in time for an hour, then behind, and then stands still. */
  private void assertPaced(int rate) {
    Duration patience = SETTINGS.ratePatience();
    for (Duration time = Duration.ZERO; time.toHours() < 1; time = time.plus(patience)) {
      peer.waits();
      pass(patience);
      peer.moved((int) patience.toSeconds() * rate);
      pass(Duration.ofMinutes(10)); // the server's own time, in which nobody waits
    }
    peer.waits();
    peer.moved(1 << 30); // nothing is saved up for more than the patience
    peer.waits();
    pass(patience);
    peer.moved(rate);
    assertEquals(0, cuts.get());
    peer.waits();

    assertCutAfter(Duration.ofSeconds(1));
  }

  @Test
  void sweep_uploadThatStandsStill_isCutAfterThePatience() {
    peer.received(1);
    peer.headEnded(true);
    peer.uploadBegins();
    peer.waits();

    assertCutAfter(SETTINGS.ratePatience());
  }

  @Test
  void moved_burstAfterThePatience_comesTooLate() {
    peer.received(1);
    peer.headEnded(false);
    peer.downloadBegins();
    peer.waits();
    nanos.addAndGet(SETTINGS.ratePatience().multipliedBy(2).toNanos());
    peer.moved(1);
    peer.waits();
    peer.moved(1 << 30);
    deadlines.sweep();

    assertEquals(1, cuts.get());
  }

  @Test
  void uploadBegins_bodyThatHasEnded_isAnAnswer() {
    peer.received(1);
    peer.headEnded(true);
    peer.bodyEnded();
    peer.uploadBegins();
    peer.waits();
    pass(Duration.ofDays(1));

    assertEquals(0, cuts.get());
  }

  @Test
  void bodyEnded_upload_isAnAnswer() {
    peer.received(1);
    peer.headEnded(true);
    peer.uploadBegins();
    peer.waits();
    peer.bodyEnded();
    peer.moved(1);
    pass(Duration.ofDays(1));

    assertEquals(0, cuts.get());
  }

  @Test
  void sweep_closedConnection_isForgotten() {
    peer.closed();
    peer.closed();
    pass(Duration.ofDays(1));

    assertEquals(0, cuts.get());
    assertEquals(0, deadlines.connections());
  }

  @Test
  void accept_atTheBound_isRefusedUntilOneCloses() {
    for (int i = 1; i < SETTINGS.maxConnections(); i++) {
      assertTrue(deadlines.accept(() -> {}).isPresent());
    }

    assertTrue(deadlines.accept(() -> {}).isEmpty());
    peer.closed();
    assertTrue(deadlines.accept(() -> {}).isPresent());
    assertEquals(SETTINGS.maxConnections(), deadlines.connections());
  }

  private void assertCutAfter(Duration limit) {
    pass(limit);
    assertEquals(0, cuts.get());
    pass(Duration.ofNanos(1));
    assertEquals(1, cuts.get());
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    deadlines.sweep();
  }
}
