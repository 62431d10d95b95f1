package org.securechat.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.securechat.persistence.JdbiChat;
import org.securechat.persistence.Schema;
import org.securechat.persistence.SchemaStatus;
import org.securechat.persistence.SqliteBackup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code secure-chat db}: the database's schema, and accounts to play with. */
@Command(
    name = "db",
    description = "Look after the database.",
    mixinStandardHelpOptions = true,
    subcommands = SeedCommand.class)
final class DatabaseCommand implements Runnable {
  private final Supplier<Settings> settings;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  DatabaseCommand(Supplier<Settings> settings) {
    this.settings = settings;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing required subcommand");
  }

  @Command(
      name = "status",
      description = "Say which version the schema has.",
      mixinStandardHelpOptions = true)
  void status() {
    DatabaseChoice database = database();
    SchemaStatus status = Databases.explained(() -> database.schema().status());
    print(database, status);
    status.pending().forEach(migration -> out().println("pending: " + migration));
  }

  @Command(
      name = "migrate",
      description = "Bring the schema up to this program's; serve does so by itself.",
      mixinStandardHelpOptions = true)
  void migrate() {
    change(Schema::migrate);
  }

  @Command(
      name = "downgrade",
      description = "Take the schema down to an older version.",
      mixinStandardHelpOptions = true)
  void downgrade(
      @Option(names = "--to", required = true, description = "The version to stop at, from 0.")
          int version,
      @Option(names = "--force", description = "Even if rows are lost.") boolean force) {
    change(schema -> schema.downgradeTo(version, force));
  }

  @Command(
      name = "backup",
      description = {
        "Copy a SQLite database, also while a server runs on it.",
        "docs/operations.md says how to restore the copy."
      },
      mixinStandardHelpOptions = true)
  void backup(
      @Parameters(paramLabel = "FILE", description = "The copy; must not exist yet.") Path file) {
    if (!(database() instanceof DatabaseChoice.Sqlite sqlite)) {
      throw new ConfigurationException(
          "db backup copies SQLite databases: use pg_dump for PostgreSQL, see docs/postgresql.md.");
    }
    SqliteBackup backup = new SqliteBackup(sqlite.settings());
    BackupProgress progress = new BackupProgress(spec.commandLine().getErr(), Ansi.AUTO.enabled());
    WholeFile.write(
        file,
        draft ->
            Databases.explained(() -> {
              backup.copyTo(draft, progress);
              return draft;
            }));
    out().printf("%s: a copy, checked; keep SECRET_KEY for it in another place%n", file);
  }

  @Command(
      name = "restored",
      description = {
        "Say that the database was restored from a copy that db backup did not make.",
        "The next server accepts only what is signed after its start."
      },
      mixinStandardHelpOptions = true)
  void restored() {
    DatabaseChoice database = database();
    Databases.requireSchema(database);
    Databases.prepare(database);
    Runnable release = Databases.lock(database);
    try (JdbiChat chat = Databases.open(database, Clock.systemUTC())) {
      chat.markRestored();
    } finally {
      release.run();
    }
    out().printf("%s: marked as restored%n", database.name());
  }

  /** Changes the schema, unless a server runs on a SQLite database. */
  private void change(Consumer<Schema> work) {
    DatabaseChoice database = database();
    Databases.prepare(database);
    Runnable release = Databases.lock(database);
    try {
      Schema schema = database.schema();
      SchemaStatus status =
          Databases.explained(() -> {
            work.accept(schema);
            return schema.status();
          });
      print(database, status);
    } finally {
      release.run();
    }
  }

  private DatabaseChoice database() {
    Logging.configure(ChatEnvironment.DEVELOPMENT, Configuration.LogLevel.WARN);
    return DatabaseChoice.of(settings.get());
  }

  private void print(DatabaseChoice database, SchemaStatus status) {
    out()
        .printf(
            "%s: schema version %d of %d%n", database.name(), status.current(), status.newest());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
