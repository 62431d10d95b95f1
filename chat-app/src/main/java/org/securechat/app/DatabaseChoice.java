package org.securechat.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.securechat.persistence.PostgresqlAddress;
import org.securechat.persistence.PostgresqlSettings;
import org.securechat.persistence.Schema;
import org.securechat.persistence.SqliteSettings;

/** Which database the server uses; shown without credentials. */
sealed interface DatabaseChoice {

  /** What {@code DATABASE_URL} names. */
  static DatabaseChoice of(Settings settings) {
    String url = settings.find("DATABASE_URL").orElse("sqlite:///data/chat.db");
    boolean allowUnsafe = settings.bool("DATABASE_ALLOW_UNSAFE", false);
    if (url.startsWith(PostgresqlAddress.SCHEME)) {
      return Postgresql.parse(url, allowUnsafe);
    }
    if (url.startsWith(Sqlite.SCHEME) && url.length() > Sqlite.SCHEME.length()) {
      try {
        return new Sqlite(Path.of(url.substring(Sqlite.SCHEME.length())));
      } catch (InvalidPathException e) {
        throw malformed();
      }
    }
    throw malformed();
  }

  private static ConfigurationException malformed() {
    return new ConfigurationException(
        "DATABASE_URL must look like sqlite:///data/chat.db, or sqlite:////var/lib/chat.db for an"
            + " absolute path, or postgresql://user:password@host:5432/database.");
  }

  /** Whether other servers may use it at the same time. */
  boolean isShared();

  /** What sentences call it. */
  String name();

  /** Where a development server keeps its secret. */
  Path secretFile();

  /** Its schema. */
  Schema schema();

  /**
   * A SQLite file.
   *
   * @param path relative to the working folder, or absolute
   */
  record Sqlite(Path path) implements DatabaseChoice {
    private static final String SCHEME = "sqlite:///";

    @Override
    public boolean isShared() {
      return false;
    }

    @Override
    public String name() {
      return path.toString();
    }

    @Override
    public Path secretFile() {
      return path.resolveSibling(path.getFileName() + ".secret");
    }

    @Override
    public Schema schema() {
      return Schema.ofSqlite(settings());
    }

    SqliteSettings settings() {
      return SqliteSettings.of(path);
    }

    @Override
    public String toString() {
      return "SQLite " + path;
    }
  }

  /**
   * A database of a PostgreSQL server.
   *
   * @param allowUnsafe whether the server may be one that can lose what it has committed
   */
  record Postgresql(PostgresqlAddress address, boolean allowUnsafe) implements DatabaseChoice {
    private static final Path SECRETS = Path.of("data");

    private static Postgresql parse(String url, boolean allowUnsafe) {
      try {
        return new Postgresql(
            PostgresqlAddress.parse(url, System.getProperty("user.name")), allowUnsafe);
      } catch (IllegalArgumentException e) {
        throw new ConfigurationException("DATABASE_URL can't be used: " + e.getMessage());
      }
    }

    @Override
    public boolean isShared() {
      return true;
    }

    @Override
    public String name() {
      return address.toString();
    }

    /** There is no file of the database to lie beside. */
    @Override
    public Path secretFile() {
      String where = address.host() + "-" + address.port() + "-" + address.database();
      return SECRETS.resolve("postgresql-" + where.replaceAll("[^A-Za-z0-9_.-]", "_") + ".secret");
    }

    @Override
    public Schema schema() {
      return Schema.ofPostgresql(settings());
    }

    PostgresqlSettings settings() {
      return PostgresqlSettings.of(address).allowingUnsafe(allowUnsafe);
    }

    @Override
    public String toString() {
      return "PostgreSQL %s:%d/%s".formatted(address.host(), address.port(), address.database());
    }
  }
}
