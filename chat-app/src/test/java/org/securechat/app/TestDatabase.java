package org.securechat.app;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.securechat.testpostgresql.PostgresqlServer;

/** The kinds of database that a server's tests run on: {@code @EnumSource(TestDatabase.class)}. */
enum TestDatabase {
  SQLITE {
    @Override
    Map<String, String> create(Path folder) {
      return Map.of("DATABASE_URL", "sqlite:///" + folder.resolve("chat.db"));
    }
  },
  POSTGRESQL {
    @Override
    Map<String, String> create(Path folder) {
      PostgresqlServer server = PostgresqlServer.shared();
      return Map.of(
          "DATABASE_URL",
          server.url(server.newDatabaseLike(Template.NAME)),
          "SECRET_KEY",
          "the secret of a test's database");
    }
  };

  /** Where the schema is made once, because copying it is faster. */
  private static final class Template {
    private static final String NAME = PostgresqlServer.shared().newDatabase();

    static {
      Settings settings =
          Settings.of(
              Map.of("DATABASE_URL", PostgresqlServer.shared().url(NAME)), new Properties());
      DatabaseChoice.of(settings).schema().migrate();
    }
  }

  /**
   * Makes a new, empty database.
   *
   * @param folder where it may put files
   * @return the settings of a server on it, to be used for its restart too
   */
  abstract Map<String, String> create(Path folder);
}
