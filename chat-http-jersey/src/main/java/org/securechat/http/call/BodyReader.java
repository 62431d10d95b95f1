package org.securechat.http.call;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.securechat.domain.rejection.UnavailableException;
import org.securechat.http.answer.HeapBudget;
import org.securechat.http.answer.Problem;
import org.securechat.http.answer.ProblemException;

/**
 * Reads bodies into memory, with a bound for each and one for all that are on their way: without
 * the second, some thousand bodies that never end would fill the heap. Small bodies are free, so
 * that nobody who holds large ones keeps others from signing in.
 *
 * <p>Safe for use by many threads.
 */
final class BodyReader {
  /** What a body may take without being counted. */
  static final int FREE_BYTES = HeapBudget.FREE_BYTES;

  private final HeapBudget budget;
  private final Semaphore turns =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));

  BodyReader() {
    this(HeapBudget.DEFAULT_BYTES);
  }

  BodyReader(int budgetBytes) {
    this.budget = new HeapBudget(budgetBytes, "too many large bodies at once");
  }

  /** Like the other, for what is let go of as soon as it is parsed. */
  <T> T read(InputStream in, int maxBytes, Function<byte[], T> parse) throws IOException {
    return read(in, maxBytes, parse, Function.identity());
  }

  /**
   * Reads to the end and makes something of it. Of large bodies few are parsed at once, so that
   * those who send them keep no others from a core.
   *
   * @param use what is done with what was parsed, which holds on to the body: until it is done, the
   *     body counts
   * @throws ProblemException with 413 as soon as there is more than may be
   * @throws UnavailableException if the bodies of others take all the room
   */
  <P, T> T read(InputStream in, int maxBytes, Function<byte[], P> parse, Function<P, T> use)
      throws IOException {
    byte[] head = in.readNBytes(Math.min(FREE_BYTES, maxBytes + 1));
    if (head.length < FREE_BYTES) {
      return use.apply(parse.apply(requireWithin(head, maxBytes)));
    }
    Closeable room = budget.hold(maxBytes + 1L);
    try {
      return use.apply(parseInTurn(readOn(in, head, maxBytes), parse));
    } finally {
      room.close();
    }
  }

  /** In a method of its own, so that the larger array is gone before anything is parsed. */
  private static byte[] readOn(InputStream in, byte[] head, int maxBytes) throws IOException {
    byte[] body = Arrays.copyOf(head, maxBytes + 1);
    int length = head.length + in.readNBytes(body, head.length, body.length - head.length);
    return requireWithin(Arrays.copyOf(body, length), maxBytes);
  }

  private <T> T parseInTurn(byte[] body, Function<byte[], T> parse) {
    turns.acquireUninterruptibly();
    try {
      return parse.apply(body);
    } finally {
      turns.release();
    }
  }

  private static byte[] requireWithin(byte[] body, int maxBytes) {
    if (body.length > maxBytes) {
      throw new ProblemException(Problem.ofStatus(413));
    }
    return body;
  }
}
