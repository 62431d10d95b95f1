package org.securechat.benchmarks.http;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** Requests that are ready to be sent, for each connection. Immutable as long as nobody writes. */
public final class Stock {
  private final byte[][][] requests;
  private final boolean repeats;

  private Stock(byte[][][] requests, boolean repeats) {
    this.requests = requests;
    this.repeats = repeats;
  }

  /** Makes a request's whole bytes. */
  @FunctionalInterface
  public interface Maker {
    byte[] request(int connection, int number);
  }

  /**
   * Makes them all, on all processors.
   *
   * @param first the number of each connection's first request
   * @param count how many each connection gets
   * @param repeats whether they may be sent again, from the first on, when they are used up
   */
  public static Stock make(Maker maker, int connections, int first, int count, boolean repeats) {
    byte[][][] requests = new byte[connections][count][];
    IntStream.range(0, connections * count)
        .parallel()
        .forEach(i -> {
          int connection = i % connections;
          int number = i / connections;
          requests[connection][number] = maker.request(connection, first + number);
        });
    return new Stock(requests, repeats);
  }

  /** How many connections it is for. */
  public int connections() {
    return requests.length;
  }

  /** A connection's so-manieth request, from 0; empty if they are used up. */
  public Optional<byte[]> request(int connection, int number) {
    byte[][] own = requests[connection];
    if (number < own.length) {
      return Optional.of(own[number]);
    }
    return repeats ? Optional.of(own[number % own.length]) : Optional.empty();
  }

  /** The bytes of the longest. */
  int longest() {
    return Arrays.stream(requests)
        .flatMap(Arrays::stream)
        .mapToInt(request -> request.length)
        .max()
        .orElse(0);
  }
}
