package org.securechat.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.securechat.benchmarks.alone.CheckAlone;
import org.securechat.benchmarks.alone.SmallestChange;
import org.securechat.benchmarks.alone.WritesAlone;
import org.securechat.benchmarks.http.Target;
import org.securechat.benchmarks.measure.Contender;
import org.securechat.benchmarks.process.ServerProcess;
import org.securechat.benchmarks.process.Workplace;
import org.securechat.benchmarks.prototype.BareAppends;
import org.securechat.benchmarks.prototype.BareSendScenario;
import org.securechat.benchmarks.prototype.BareServer;
import org.securechat.benchmarks.scenario.HealthScenario;
import org.securechat.benchmarks.scenario.ListScenario;
import org.securechat.benchmarks.scenario.LoadedScenario;
import org.securechat.benchmarks.scenario.MeScenario;
import org.securechat.benchmarks.scenario.PageScenario;
import org.securechat.benchmarks.scenario.Scenario;
import org.securechat.benchmarks.scenario.SendScenario;
import org.securechat.benchmarks.scenario.Signer;
import org.securechat.benchmarks.scenario.Users;
import org.securechat.benchmarks.scenario.WakeUp;
import org.securechat.benchmarks.stored.ClientIds;
import org.securechat.benchmarks.stored.StoredChat;
import org.securechat.benchmarks.stored.StoredConversation;
import org.securechat.crypto.SignatureVerifiers;
import org.securechat.persistence.JdbiChat;
import org.securechat.persistence.SqliteSettings;

/**
 * Everybody who may take part, by name, with the processes and databases that they need. A new
 * scenario is one more of {@link #NAMES}, and one more line of {@link #make}.
 */
final class Contenders implements AutoCloseable {
  /** All names. */
  static final List<String> NAMES =
      List.of(
          "health",
          "me",
          "send",
          "page",
          "list",
          "wake-up",
          "prototype",
          "check",
          "append",
          "bare-append",
          "commit");

  /** How many share a conversation where messages are appended, as with {@code send}. */
  private static final int MEMBERS = 8;

  /** Ends something that was started. */
  private interface Stop {
    void run() throws IOException, SQLException;
  }

  private final Path launcher;
  private final Clock clock;
  private final Workplace workplace;
  private final Deque<Stop> stops = new ArrayDeque<>();
  private final List<String> versions = new ArrayList<>();
  private Optional<Target> product = Optional.empty();
  private Optional<Users> users = Optional.empty();

  Contenders(Path folder, Path launcher, Clock clock) throws IOException {
    this.launcher = launcher;
    this.clock = clock;
    this.workplace = Workplace.create(folder);
    stops.push(workplace::close);
  }

  /**
   * Starts what is needed for these.
   *
   * @param connections the most that will work at a time
   * @throws IllegalArgumentException if nobody has one of the names
   */
  List<Contender> prepare(List<String> names, int connections) throws IOException {
    List<Contender> prepared = new ArrayList<>();
    for (String name : names) {
      try {
        prepared.add(make(name, connections));
      } catch (SQLException e) {
        throw new IOException("A database can't be made", e);
      }
    }
    return prepared;
  }

  private Contender make(String name, int connections) throws IOException, SQLException {
    return switch (name) {
      case "health" -> loaded(new HealthScenario(product()), product(), connections);
      case "me" -> loaded(new MeScenario(users()), product(), connections);
      case "send" -> loaded(new SendScenario(users(), clock), product(), connections);
      case "page" -> loaded(new PageScenario(product(), users(), clock), product(), connections);
      case "list" -> loaded(new ListScenario(users("lister"), clock), product(), connections);
      case "wake-up" -> wakeUp();
      case "prototype" -> prototype(connections);
      case "check" -> check();
      case "append" -> append(connections);
      case "bare-append" -> bareAppend();
      case "commit" -> commit();
      default -> throw new IllegalArgumentException("Nobody is called " + name);
    };
  }

  private static Contender loaded(Scenario scenario, Target target, int connections) {
    scenario.prepare(connections);
    return new LoadedScenario(scenario, target);
  }

  /** Started once, for all of its scenarios. */
  private Target product() throws IOException {
    if (product.isEmpty()) {
      product = Optional.of(started(ServerProcess.product(launcher, workplace)));
    }
    return product.get();
  }

  /** Those of the scenarios that don't mind which conversations a user is in. */
  private Users users() throws IOException {
    if (users.isEmpty()) {
      users = Optional.of(users("user"));
    }
    return users.get();
  }

  private Users users(String name) throws IOException {
    return new Users(product(), name, clock);
  }

  private Contender wakeUp() throws IOException {
    WakeUp wakeUp = new WakeUp(product(), users("waiter"), clock);
    stops.push(wakeUp::close);
    return wakeUp;
  }

  private Contender prototype(int connections) throws IOException {
    Signer signer = new Signer(clock);
    Target target = started(BareServer.start(workplace, signer.publicKey()));
    return loaded(new BareSendScenario(target, signer), target, connections);
  }

  private Target started(ServerProcess server) {
    stops.push(server::close);
    versions.add(server.description());
    return server.target();
  }

  private Contender check() {
    SignatureVerifiers.Choice fastest = SignatureVerifiers.fastest();
    versions.add("check: Ed25519 by " + fastest.name());
    return new CheckAlone(fastest.verifier());
  }

  /** The product's use case on its store. */
  private Contender append(int connections) {
    StoredChat chat = StoredChat.create(workplace.resolve("append.db"), clock);
    stops.push(chat::close);
    List<StoredConversation> conversations = new ArrayList<>();
    for (int caller = 0; caller < connections; caller += MEMBERS) {
      conversations.add(chat.begin(MEMBERS));
    }
    return new WritesAlone(
        "append",
        caller -> conversations.get(caller / MEMBERS).send(caller % MEMBERS, ClientIds.RANDOM));
  }

  /** The prototype's group commit, with the row that a message is there. */
  private Contender bareAppend() throws SQLException {
    BareAppends appends = BareAppends.create(workplace.resolve("bare-append.db"));
    stops.push(appends::close);
    byte[] row = new byte[BareSendScenario.MESSAGE_BYTES];
    return new WritesAlone("bare-append", caller -> appends.append(caller, row));
  }

  /** The product's group commit. */
  private Contender commit() {
    JdbiChat database =
        JdbiChat.openSqlite(SqliteSettings.of(workplace.resolve("commit.db")), clock);
    stops.push(database::close);
    SmallestChange change = new SmallestChange(database.stores().attempts());
    return new WritesAlone("commit", change::write);
  }

  /** The servers and libraries that were measured, each as it names itself. */
  List<String> versions() {
    return List.copyOf(versions);
  }

  /** Ends everything that was started, the last first. */
  @Override
  public void close() throws IOException {
    while (!stops.isEmpty()) {
      try {
        stops.pop().run();
      } catch (SQLException e) {
        throw new IOException("A database could not be closed", e);
      }
    }
  }
}
