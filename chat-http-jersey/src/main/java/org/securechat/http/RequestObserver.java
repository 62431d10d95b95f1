package org.securechat.http;

import java.time.Duration;
import java.util.Optional;

/** Is told of each request that reached the API, when its answer is made. For many threads. */
public interface RequestObserver {

  /**
   * A request was answered. Must not block.
   *
   * @param method as sent, so it can be any token
   * @param endpoint the template of its path, such as {@code /api/sessions/{id}}; empty where no
   *     method of a resource took it
   * @param code of the problem, such as {@code invalid_signature}; empty where there was none
   * @param duration from the arrival of its head until its answer was made
   */
  void answered(
      String method,
      Optional<String> endpoint,
      int status,
      Optional<String> code,
      Duration duration);
}
