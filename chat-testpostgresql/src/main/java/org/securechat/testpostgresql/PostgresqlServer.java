package org.securechat.testpostgresql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL server on a free port of loopback, with its data in a temporary folder. It is
 * as durable as one of production unless a test asks for less, and ends with the JVM.
 *
 * <p>{@link #shared()} is for tests that want a database; whoever stops the server or changes its
 * settings starts one of its own. Safe for use by many threads, except for stop and start.
 */
public final class PostgresqlServer implements AutoCloseable {
  /** Who may do everything. */
  public static final String USER = "chat";

  /** Has characters that a URL must encode. */
  public static final String PASSWORD = "p@ss/w:rd";

  private static final String ENCODED_PASSWORD = "p%40ss%2Fw%3Ard";
  private static final String ADMIN_DATABASE = "postgres";
  private static final int LOG_LINES = 200;
  private static final String READY = "ready to accept connections";

  /** Of one that was killed, processes may outlive it for a moment. */
  private static final String BEFORE_LAST_HAS_GONE = "shared memory block";

  /** Ends the server with the JVM: its input ends when that does. */
  private static final String KEEPER = "\"$@\" <&- & cat >/dev/null; kill -INT $!; wait $!";

  private final Installation installation = Installation.ofThisJvm();
  private final Path data = installation.newFolder();
  private final List<String> settings;
  private final AtomicInteger databases = new AtomicInteger();
  private final ConcurrentLinkedDeque<String> log = new ConcurrentLinkedDeque<>();
  private int port;
  private @Nullable Process keeper;

  private PostgresqlServer(List<String> settings) {
    this.settings = List.copyOf(settings);
  }

  private static final class Shared {
    private static final PostgresqlServer SERVER = startWith();
  }

  /** The server that the tests of one JVM share; nobody stops it. */
  public static PostgresqlServer shared() {
    return Shared.SERVER;
  }

  /**
   * Starts a server of one's own.
   *
   * @param settings beside its defaults, such as {@code fsync=off}
   */
  public static PostgresqlServer startWith(String... settings) {
    PostgresqlServer server = new PostgresqlServer(List.of(settings));
    server.initialize();
    server.port = freePort();
    server.start();
    return server;
  }

  private void initialize() {
    try {
      Path password = data.resolveSibling(data.getFileName() + ".password");
      Files.writeString(password, PASSWORD);
      installation.give(password);
      Process initdb =
          new ProcessBuilder(
                  installation.command(
                      "initdb",
                      List.of(
                          "--pgdata=" + data,
                          "--username=" + USER,
                          "--pwfile=" + password,
                          "--auth=scram-sha-256",
                          "--encoding=UTF8",
                          "--locale=C",
                          "--no-sync",
                          "--no-instructions")))
              .directory(data.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      Installation.require(initdb, "initdb");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again, on the same port and data, after it was stopped. */
  public void start() {
    List<String> arguments = new ArrayList<>(List.of("-D", data.toString(), "-p", "" + port));
    for (String setting :
        List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=200",
            "shared_buffers=32MB",
            "lc_messages=C")) {
      arguments.addAll(List.of("-c", setting));
    }
    settings.forEach(setting -> arguments.addAll(List.of("-c", setting)));
    List<String> command = new ArrayList<>(List.of("sh", "-c", KEEPER, "sh"));
    command.addAll(installation.command("postgres", arguments));
    try {
      long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
      run(command);
      while (said(BEFORE_LAST_HAS_GONE) && System.nanoTime() - deadline < 0) {
        stop(); // its keeper, which waits for us
        run(command);
      }
      if (!said(READY)) {
        throw new IllegalStateException("PostgreSQL does not start: " + log);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void run(List<String> command) throws IOException, InterruptedException {
    Process started =
        new ProcessBuilder(command).directory(data.toFile()).redirectErrorStream(true).start();
    keeper = started;
    CountDownLatch settled = new CountDownLatch(1);
    Thread.ofPlatform().daemon().start(() -> readLog(started, settled));
    if (!settled.await(1, TimeUnit.MINUTES)) {
      throw new IllegalStateException("PostgreSQL does not start: " + log);
    }
  }

  private boolean said(String text) {
    return log.stream().anyMatch(line -> line.contains(text));
  }

  private void readLog(Process started, CountDownLatch settled) {
    try (BufferedReader lines = started.inputReader(StandardCharsets.UTF_8)) {
      String line;
      while ((line = lines.readLine()) != null) {
        log.add(line);
        if (log.size() > LOG_LINES) {
          log.remove();
        }
        if (line.contains(READY) || line.contains(BEFORE_LAST_HAS_GONE)) {
          settled.countDown();
        }
      }
    } catch (IOException e) {
      log.add("The log can't be read: " + e);
    }
    settled.countDown();
  }

  /** Stops it at once, ending every connection; what was committed stays. */
  public void stop() {
    Process stopping = keeper;
    keeper = null;
    if (stopping != null) {
      try {
        stopping.getOutputStream().close();
        if (!stopping.waitFor(1, TimeUnit.MINUTES)) {
          throw new IllegalStateException("PostgreSQL does not stop: " + log);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      log.clear();
    }
  }

  /**
   * Ends all of its processes as {@code kill -9} does: what they had in their memory is gone, what
   * they had given to the operating system stays.
   */
  public void kill() {
    Process killed = keeper;
    keeper = null;
    if (killed == null) {
      throw new IllegalStateException("PostgreSQL is not running");
    }
    // Their parent first, so that it does not see what has become of the others.
    List<ProcessHandle> processes = Stream.concat(killed.children(), killed.descendants()).toList();
    processes.forEach(ProcessHandle::destroyForcibly);
    try {
      if (!killed.waitFor(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("PostgreSQL can't be killed: " + log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    log.clear();
  }

  @Override
  public void close() {
    stop();
  }

  public int port() {
    return port;
  }

  /** Makes an empty database and returns its name. */
  public String newDatabase() {
    String name = newName();
    execute(ADMIN_DATABASE, "CREATE DATABASE " + name);
    return name;
  }

  /** Makes a database that is a copy of another one, which nobody may be using. */
  public String newDatabaseLike(String template) {
    String name = newName();
    execute(ADMIN_DATABASE, "CREATE DATABASE " + name + " TEMPLATE " + template);
    return name;
  }

  private String newName() {
    return "chat_" + databases.incrementAndGet();
  }

  /** A database of this server as {@code DATABASE_URL} names it. */
  public String url(String database) {
    return url(database, port);
  }

  /** The same through another port, where a proxy listens. */
  public String url(String database, int through) {
    return "postgresql://%s:%s@127.0.0.1:%d/%s"
        .formatted(USER, ENCODED_PASSWORD, through, database);
  }

  /** A new connection that may do everything. */
  public Connection connect(String database) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName(database);
    source.setUser(USER);
    source.setPassword(PASSWORD);
    return source.getConnection();
  }

  /** Executes a statement on a connection of its own. */
  public void execute(String database, String sql) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
