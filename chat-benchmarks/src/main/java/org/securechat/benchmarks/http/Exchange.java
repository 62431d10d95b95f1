package org.securechat.benchmarks.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;

/** One connection on which a thread sends a request and waits for its answer. For one thread. */
public final class Exchange implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 35_000;
  private static final int ANSWER_BUFFER = 64 * 1024;

  private final Socket socket;
  private final AnswerParser parser = new AnswerParser();
  private final byte[] buffer = new byte[ANSWER_BUFFER];

  private Exchange(Socket socket) {
    this.socket = socket;
  }

  /** Connects. */
  public static Exchange connect(Target target) throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(target.address());
    return new Exchange(socket);
  }

  /** Sends a whole request; its answer must be awaited before the next. */
  public void send(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
  }

  /**
   * Waits for the whole answer.
   *
   * @return its status
   * @throws IOException if it does not come within 35 s
   */
  public int await() throws IOException {
    while (true) {
      int read = socket.getInputStream().read(buffer);
      if (read < 0) {
        throw new EOFException("The server closed a connection");
      }
      if (parser.take(ByteBuffer.wrap(buffer, 0, read))) {
        return parser.status();
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
