package org.securechat.app;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/**
 * The command line of {@code secure-chat}. Exit codes: 0 done, 1 failed, 2 wrongly set up or
 * called; the client has more.
 */
@Command(
    name = "secure-chat",
    description = "A messaging backend that cannot read what it carries.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {ServeCommand.class, DatabaseCommand.class})
final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    // Scripts read the exit code; whatever threads are left must not keep the process.
    System.exit(run(System.getenv(), System.getProperties(), arguments));
  }

  /** Runs one command line, without ending the process. */
  static int run(Map<String, String> environment, Properties properties, String... arguments) {
    CommandLine commandLine =
        new CommandLine(new Main(), new CommandFactory(environment, properties));
    commandLine.setExecutionExceptionHandler(failures());
    // Options behind "client" are the client's own.
    commandLine.addSubcommand(
        new CommandLine(new ClientLauncher(environment))
            .setStopAtPositional(true)
            .setUnmatchedOptionsArePositionalParams(true));
    if (arguments.length == 0) {
      commandLine.usage(commandLine.getErr());
      return CommandLine.ExitCode.USAGE;
    }
    return commandLine.execute(arguments);
  }

  /** A wrong set-up is one sentence; anything else is a fault, told without what it was about. */
  private static IExecutionExceptionHandler failures() {
    return (thrown, commandLine, result) -> {
      PrintWriter err = commandLine.getErr();
      if (thrown instanceof ConfigurationException e) {
        err.println("secure-chat: " + e.sentence());
        return CommandLine.ExitCode.USAGE;
      }
      err.println("secure-chat: failed: " + thrown.getClass().getName());
      return CommandLine.ExitCode.SOFTWARE;
    };
  }
}
