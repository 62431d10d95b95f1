package org.securechat.app;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.securechat.client.terminal.TerminalClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code secure-chat client …}: hands everything behind that word to the client, whose classes a
 * server never loads.
 */
@Command(
    name = "client",
    description = "Use a server from the terminal: register, login, recover and more.")
final class ClientLauncher implements Callable<Integer> {
  private final Map<String, String> environment;

  @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "See client --help.")
  private List<String> arguments = List.of();

  ClientLauncher(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    return TerminalClient.run(environment, Clock.systemUTC(), arguments.toArray(String[]::new));
  }
}
