package org.securechat.http.connector;

import java.util.UUID;
import java.util.function.BiConsumer;

/** What every answer carries, also one that no application made. */
final class StandardHeaders {
  static final String PROBLEM_JSON = "application/problem+json";

  private StandardHeaders() {}

  static void forEach(BiConsumer<String, String> header) {
    header.accept("X-Request-Id", UUID.randomUUID().toString());
    header.accept("X-Content-Type-Options", "nosniff");
    header.accept("Cache-Control", "no-store");
    header.accept("Referrer-Policy", "no-referrer");
  }
}
