package org.securechat.benchmarks.scenario;

/**
 * A kind of request that connections send over and over. {@link #request} is called by many threads
 * at once, before anything is measured; the rest by one.
 */
public interface Scenario {
  /** What it is called on the command line and in reports. */
  String name();

  /** The status of every answer that is no refusal. */
  int expectedStatus();

  /**
   * Whether a request may be sent again byte for byte and does the same work. If not, enough are
   * signed for the whole turn.
   */
  boolean repeats();

  /**
   * Makes what the requests are about: users, what they have written. Called once.
   *
   * @param connections the most that will send at a time
   */
  void prepare(int connections);

  /**
   * The whole bytes of a request, signed now.
   *
   * @param connection from 0
   * @param number of the connection's requests, from 0; the same is asked for again only if
   *     requests may be sent again
   */
  byte[] request(int connection, int number);
}
