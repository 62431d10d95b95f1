package org.securechat.app;

import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code secure-chat serve}: runs the server until it is told to stop. */
@Command(
    name = "serve",
    description = "Run the server; docs/configuration.md lists what can be set.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private final Supplier<Settings> settings;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  ServeCommand(Supplier<Settings> settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() throws InterruptedException {
    Configuration configuration = Configuration.of(settings.get());
    Logging.configure(configuration.environment(), configuration.logLevel());
    Server server = Server.start(configuration, Clock.systemUTC());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
    spec.commandLine().getOut().println(server.description());
    new CountDownLatch(1).await();
    return 0;
  }

  /** A signal that asks the server to stop is no failure, so the exit code is not the signal's. */
  private static void stop(Server server) {
    server.close();
    Runtime.getRuntime().halt(0);
  }
}
