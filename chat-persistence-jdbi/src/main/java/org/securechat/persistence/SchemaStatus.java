package org.securechat.persistence;

import java.util.List;

/**
 * Where a database's schema stands.
 *
 * @param current its version; 0 if it has none
 * @param newest the newest version that this program knows
 * @param pending the names of the migrations that it lacks, in their order
 */
public record SchemaStatus(int current, int newest, List<String> pending) {

  public SchemaStatus {
    pending = List.copyOf(pending);
  }

  /** Whether a newer program made it, so that this one must leave it alone. */
  public boolean isNewerThanProgram() {
    return current > newest;
  }
}
