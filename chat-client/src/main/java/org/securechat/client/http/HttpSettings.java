package org.securechat.client.http;

import java.time.Duration;

/**
 * How requests are sent.
 *
 * @param scheme how they are signed
 * @param plainHttp whether {@code http} is good enough for a server that is not on this machine;
 *     somebody on the way could then use what is sent to sign in from a device of their own
 * @param connectTimeout how long a connection may take to open
 * @param answerTimeout how long a whole call may take, the answer's last byte included; of a file
 *     that is downloaded, each next part
 * @param maxAnswerBytes the longest answer that is read, 1 KiB to 1 GiB
 */
public record HttpSettings(
    SignatureScheme scheme,
    boolean plainHttp,
    Duration connectTimeout,
    Duration answerTimeout,
    int maxAnswerBytes) {
  private static final int LEAST_BYTES = 1 << 10;
  private static final int MOST_BYTES = 1 << 30;

  public HttpSettings {
    if (connectTimeout.isNegative()
        || connectTimeout.isZero()
        || answerTimeout.isNegative()
        || answerTimeout.isZero()) {
      throw new IllegalArgumentException("A time-out is longer than nothing");
    }
    if (maxAnswerBytes < LEAST_BYTES || maxAnswerBytes > MOST_BYTES) {
      throw new IllegalArgumentException("An answer has 1 KiB to 1 GiB, not " + maxAnswerBytes);
    }
  }

  /** RFC 9421, no plain HTTP, 10 s to connect, 30 s for an answer of at most 4 MiB. */
  public static HttpSettings defaults() {
    return new HttpSettings(
        SignatureScheme.RFC9421, false, Duration.ofSeconds(10), Duration.ofSeconds(30), 4 << 20);
  }

  /** The same with another scheme. */
  public HttpSettings with(SignatureScheme other) {
    return new HttpSettings(other, plainHttp, connectTimeout, answerTimeout, maxAnswerBytes);
  }

  /** The same with plain HTTP allowed. */
  public HttpSettings withPlainHttp() {
    return new HttpSettings(scheme, true, connectTimeout, answerTimeout, maxAnswerBytes);
  }
}
