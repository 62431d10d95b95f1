package org.securechat.benchmarks.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.securechat.benchmarks.http.Exchange;
import org.securechat.benchmarks.http.Target;
import org.securechat.benchmarks.measure.Contender;
import org.securechat.benchmarks.measure.Latencies;
import org.securechat.benchmarks.measure.ProcessorTime;
import org.securechat.benchmarks.measure.Slice;

/**
 * {@code POST /api/sync}: how long after a message was sent those who wait for it are told. As many
 * wait as there are connections, eight users among them, all in one conversation; then one message
 * of 2 KiB is sent to it, and everybody's answer is timed from before the write of that message.
 * The rate counts the pauses in between, so it says nothing.
 */
public final class WakeUp implements Contender, AutoCloseable {
  private static final int MEMBERS = 8;

  /** So long after the last has asked, all are taken to wait. */
  private static final Duration SETTLING = Duration.ofMillis(100);

  private final Target target;
  private final List<SignedInUser> members;
  private final Group group;
  private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();

  /** The last entry of the conversation. */
  private long last = 1;

  /** One waiter's answer. */
  private record Woken(int status, long at) {}

  /**
   * Prepares it.
   *
   * @param users of this scenario alone: whoever is in other conversations is told of those
   */
  public WakeUp(Target target, Users users, Clock clock) {
    this.target = target;
    this.members = users.first(MEMBERS + 1);
    this.group = Group.begin(members, clock);
  }

  @Override
  public String name() {
    return "wake-up";
  }

  @Override
  public Slice run(int connections, Duration length) {
    try (Waiters waiters = new Waiters(connections)) {
      return waiters.run(length);
    } catch (IOException e) {
      throw new UncheckedIOException(name() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  @Override
  public void close() {
    readers.close();
  }

  /** The connections of one turn. */
  private final class Waiters implements AutoCloseable {
    private final List<Exchange> waiting = new ArrayList<>();
    private final Exchange sending;
    private final Latencies latencies = new Latencies();
    private long refused;

    Waiters(int connections) throws IOException {
      for (int i = 0; i < connections; i++) {
        waiting.add(Exchange.connect(target));
      }
      sending = Exchange.connect(target);
    }

    Slice run(Duration length) throws IOException, InterruptedException {
      Duration ownBefore = ProcessorTime.own();
      Duration serverBefore = ProcessorTime.of(target.process());
      long start = System.nanoTime();
      long end = start;
      while (end - start < length.toNanos()) {
        end = wakeOnce();
      }
      return new Slice(
          latencies,
          refused,
          Duration.ofNanos(end - start),
          ProcessorTime.own().minus(ownBefore),
          Optional.of(ProcessorTime.of(target.process()).minus(serverBefore)));
    }

    /** When the last was told. */
    private long wakeOnce() throws IOException, InterruptedException {
      String form = "\"after\":{\"" + group.id() + "\":" + last + "},\"wait\":30";
      List<Future<Woken>> answers = new ArrayList<>();
      for (int i = 0; i < waiting.size(); i++) {
        Exchange waiter = waiting.get(i);
        waiter.send(members.get(i % MEMBERS).post("/api/sync", form));
        answers.add(readers.submit(() -> new Woken(waiter.await(), System.nanoTime())));
      }
      byte[] message = group.send(members.get(MEMBERS));
      TimeUnit.NANOSECONDS.sleep(SETTLING.toNanos());
      long sent = System.nanoTime();
      sending.send(message);
      if (sending.await() != 201) {
        refused++;
      }
      last++;
      long end = sent;
      for (Future<Woken> answer : answers) {
        Woken woken = resultOf(answer);
        latencies.add(Math.max(0, woken.at - sent));
        end = Math.max(end, woken.at);
        if (woken.status != 200 || woken.at < sent) {
          refused++;
        }
      }
      return end;
    }

    private static Woken resultOf(Future<Woken> answer) throws IOException, InterruptedException {
      try {
        return answer.get();
      } catch (ExecutionException e) {
        throw new IOException("A waiter was not told", e.getCause());
      }
    }

    @Override
    public void close() throws IOException {
      for (Exchange waiter : waiting) {
        waiter.close();
      }
      sending.close();
    }
  }
}
