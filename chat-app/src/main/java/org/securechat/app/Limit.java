package org.securechat.app;

import java.util.Optional;

/**
 * One limit, as the documentation and the metrics name it.
 *
 * @param name stable, for metrics
 * @param countedBy what has a count of its own
 * @param burst how much is let through at once
 * @param refill when there is more
 * @param reached what happens then
 * @param setting what sets it; empty where it is fixed
 * @param failsOpen whether requests are let through when they can't be counted
 */
record Limit(
    String name,
    String countedBy,
    String burst,
    String refill,
    String reached,
    Optional<String> setting,
    boolean failsOpen) {

  String row() {
    return "| `%s` | %s | %s | %s | %s | %s | %s |"
        .formatted(
            name,
            countedBy,
            burst,
            refill,
            reached,
            setting.orElse("none"),
            failsOpen ? "open" : "closed");
  }
}
