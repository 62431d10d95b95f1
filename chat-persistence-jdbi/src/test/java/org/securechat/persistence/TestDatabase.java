package org.securechat.persistence;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.securechat.testpostgresql.PostgresqlServer;

/** A database of a test's own on a PostgreSQL server. */
record TestDatabase(PostgresqlServer server, String name) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String TABLES =
      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
          + " AND table_name <> 'flyway_schema_history'";

  /** Without a schema, on the server that all share. */
  static TestDatabase create() {
    PostgresqlServer server = PostgresqlServer.shared();
    return new TestDatabase(server, server.newDatabase());
  }

  /** With the newest schema. */
  static TestDatabase migrated() {
    TestDatabase made = create();
    Schema.ofPostgresql(made.settings()).migrate();
    return made;
  }

  /** With so much patience that nobody takes a busy machine for a database that is away. */
  PostgresqlSettings settings() {
    return settings(server.port());
  }

  /** The same through a port, which may be a proxy's. */
  PostgresqlSettings settings(int port) {
    PostgresqlSettings usual = PostgresqlSettings.of(address(port));
    return new PostgresqlSettings(
        usual.address(),
        usual.readers(),
        usual.writers(),
        usual.queueLength(),
        usual.batchSize(),
        PATIENCE,
        PATIENCE,
        PATIENCE,
        usual.allowUnsafe());
  }

  /** As a server has them, for what is about their limits. */
  PostgresqlSettings usualSettings() {
    return PostgresqlSettings.of(address(server.port()));
  }

  /** Where it is through a port, which may be a proxy's. */
  PostgresqlAddress address(int port) {
    return PostgresqlAddress.parse(server.url(name, port), "nobody");
  }

  /** A connection that may do everything. */
  Handle open() {
    return Jdbi.open(() -> server.connect(name));
  }

  List<String> strings(String sql) {
    try (Handle handle = open()) {
      return handle.createQuery(sql).mapTo(String.class).list();
    }
  }

  /** Removes all rows. */
  void empty() {
    try (Handle handle = open()) {
      String tables =
          handle.createQuery(TABLES).mapTo(String.class).collect(Collectors.joining(", "));
      handle.execute("TRUNCATE " + tables);
    }
  }
}
