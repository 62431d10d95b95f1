package org.securechat.benchmarks.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.securechat.benchmarks.measure.Latencies;
import org.securechat.benchmarks.measure.ProcessorTime;
import org.securechat.benchmarks.measure.Slice;

/**
 * Keeps connections busy: each has one request on its way, and sends the next when the answer is
 * whole. One thread drives them all, because the processors are shared with the server: a thread
 * for each connection would cost both a change of threads for every request.
 */
public final class ClosedLoop {
  private static final Duration PATIENCE = Duration.ofSeconds(35);
  private static final int ANSWER_BUFFER = 64 * 1024;

  private final Stock stock;
  private final int expected;
  private final Selector selector;
  private final Latencies latencies = new Latencies();
  private final ByteBuffer in = ByteBuffer.allocateDirect(ANSWER_BUFFER);
  private final List<Line> lines = new ArrayList<>();
  private long end;
  private long lastAnswer;
  private long refused;
  private int busy;

  private ClosedLoop(Stock stock, int expected, Selector selector) {
    this.stock = stock;
    this.expected = expected;
    this.selector = selector;
  }

  /**
   * Connects, and sends for so long or until a connection's requests are used up; then waits for
   * the answers that are still to come.
   *
   * @param expected the status that is no refusal
   * @throws IOException if a connection fails or ends, or an answer takes longer than 35 s
   */
  public static Slice run(Target target, Stock stock, int expected, Duration length)
      throws IOException {
    try (Selector selector = Selector.open()) {
      ClosedLoop loop = new ClosedLoop(stock, expected, selector);
      try {
        loop.connect(target);
        return loop.run(target.process(), length);
      } finally {
        loop.disconnect();
      }
    }
  }

  private void connect(Target target) throws IOException {
    int longest = stock.longest();
    for (int i = 0; i < stock.connections(); i++) {
      lines.add(new Line(SocketChannel.open(target.address()), i, longest));
    }
  }

  private void disconnect() throws IOException {
    for (Line line : lines) {
      line.channel.close();
    }
  }

  private Slice run(ProcessHandle server, Duration length) throws IOException {
    Duration ownBefore = ProcessorTime.own();
    Duration serverBefore = ProcessorTime.of(server);
    long start = System.nanoTime();
    end = start + length.toNanos();
    for (Line line : lines) {
      line.sendNext();
    }
    while (busy > 0) {
      selector.select(1000);
      for (SelectionKey key : selector.selectedKeys()) {
        ((Line) key.attachment()).advance();
      }
      selector.selectedKeys().clear();
      if (System.nanoTime() - end > PATIENCE.toNanos()) {
        throw new IOException(busy + " answers did not come");
      }
    }
    return new Slice(
        latencies,
        refused,
        Duration.ofNanos(lastAnswer - start),
        ProcessorTime.own().minus(ownBefore),
        Optional.of(ProcessorTime.of(server).minus(serverBefore)));
  }

  /** A connection, and the request on its way. */
  private final class Line {
    private final SocketChannel channel;
    private final int connection;
    private final ByteBuffer out;
    private final AnswerParser parser = new AnswerParser();
    private final SelectionKey key;
    private int number;
    private long sentAt;

    Line(SocketChannel channel, int connection, int longest) throws IOException {
      this.channel = channel;
      this.connection = connection;
      this.out = ByteBuffer.allocateDirect(longest);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      this.key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    void sendNext() throws IOException {
      Optional<byte[]> request = stock.request(connection, number);
      if (request.isEmpty()) {
        // The others would go on with one less: that is another load.
        end = System.nanoTime();
        return;
      }
      number++;
      busy++;
      out.clear().put(request.get()).flip();
      sentAt = System.nanoTime();
      write();
    }

    private void write() throws IOException {
      channel.write(out);
      key.interestOps(
          out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    void advance() throws IOException {
      if (key.isWritable()) {
        write();
      }
      if (key.isReadable()) {
        read();
      }
    }

    private void read() throws IOException {
      in.clear();
      if (channel.read(in) < 0) {
        throw new EOFException("The server closed a connection");
      }
      in.flip();
      if (!parser.take(in)) {
        return;
      }
      if (in.hasRemaining()) {
        throw new IOException("More came than was asked for");
      }
      answered(System.nanoTime());
    }

    private void answered(long now) throws IOException {
      latencies.add(now - sentAt);
      lastAnswer = now;
      busy--;
      if (parser.status() != expected) {
        refused++;
      }
      if (now < end) {
        sendNext();
      }
    }
  }
}
