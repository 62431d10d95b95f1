package org.securechat.client.terminal;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line of the client. Exit codes: {@value #DONE} done, {@value #REFUSED} refused by the
 * server or the password, {@value #USAGE} wrongly called or set up, {@value #UNREACHABLE} no server
 * or none that works, {@value #UNTRUSTED} an answer that must not be used, {@value #BROKEN} a
 * mistake in the client itself.
 */
@Command(
    name = "secure-chat client",
    description = "Use a server from the terminal; docs/client.md is the guide.",
    mixinStandardHelpOptions = true,
    subcommands = {
      RegisterCommand.class,
      LoginCommand.class,
      WhoAmICommand.class,
      SessionsCommand.class,
      PasswordCommand.class,
      RecoverCommand.class,
      LogOutCommand.class,
      DeleteCommand.class,
      ExportCommand.class,
      VerifyCommand.class,
      ChatCommand.class,
      ConversationsCommand.class,
      MembershipCommand.Add.class,
      MembershipCommand.Remove.class,
      MembershipCommand.Leave.class,
      SafetyCommand.class,
      TrustCommand.class
    })
public final class TerminalClient {
  static final int DONE = 0;
  static final int REFUSED = 1;
  static final int USAGE = 2;
  static final int UNREACHABLE = 3;
  static final int UNTRUSTED = 4;
  static final int BROKEN = 70;

  private static final Map<Class<?>, Function<Surroundings, Object>> COMMANDS =
      Map.ofEntries(
          Map.entry(RegisterCommand.class, RegisterCommand::new),
          Map.entry(LoginCommand.class, LoginCommand::new),
          Map.entry(WhoAmICommand.class, WhoAmICommand::new),
          Map.entry(SessionsCommand.class, SessionsCommand::new),
          Map.entry(PasswordCommand.class, PasswordCommand::new),
          Map.entry(RecoverCommand.class, RecoverCommand::new),
          Map.entry(LogOutCommand.class, LogOutCommand::new),
          Map.entry(DeleteCommand.class, DeleteCommand::new),
          Map.entry(ExportCommand.class, ExportCommand::new),
          Map.entry(VerifyCommand.class, VerifyCommand::new),
          Map.entry(ChatCommand.class, ChatCommand::new),
          Map.entry(ConversationsCommand.class, ConversationsCommand::new),
          Map.entry(MembershipCommand.Add.class, MembershipCommand.Add::new),
          Map.entry(MembershipCommand.Remove.class, MembershipCommand.Remove::new),
          Map.entry(MembershipCommand.Leave.class, MembershipCommand.Leave::new),
          Map.entry(SafetyCommand.class, SafetyCommand::new),
          Map.entry(TrustCommand.class, TrustCommand::new));

  private TerminalClient() {}

  /**
   * Runs one command line on the process's own terminal, without ending the process.
   *
   * @return the exit code
   */
  public static int run(Map<String, String> environment, Clock clock, String... arguments) {
    Terminal terminal = new SystemTerminal(System.console(), System.in, System.out, System.err);
    return run(new Surroundings(environment, clock, terminal), arguments);
  }

  /**
   * Runs one command line on streams, line by line in UTF-8, as where no terminal is. None of them
   * is closed.
   *
   * @return the exit code
   */
  public static int run(
      Map<String, String> environment,
      Clock clock,
      InputStream in,
      PrintStream out,
      PrintStream err,
      String... arguments) {
    Terminal terminal = new SystemTerminal(null, in, out, err);
    return run(new Surroundings(environment, clock, terminal), arguments);
  }

  static int run(Surroundings surroundings, String... arguments) {
    CommandLine commandLine = new CommandLine(new TerminalClient(), factory(surroundings));
    commandLine.setOut(surroundings.terminal().out());
    commandLine.setErr(surroundings.terminal().err());
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    Failures failures = new Failures(surroundings.terminal().err());
    commandLine.setExecutionExceptionHandler(failures);
    commandLine.setParameterExceptionHandler(
        failures.ofParameters(commandLine.getParameterExceptionHandler()));
    if (arguments.length == 0) {
      commandLine.usage(commandLine.getErr());
      return USAGE;
    }
    return commandLine.execute(arguments);
  }

  private static CommandLine.IFactory factory(Surroundings surroundings) {
    return new CommandLine.IFactory() {
      @Override
      public <K> K create(Class<K> type) throws Exception {
        Function<Surroundings, Object> command = COMMANDS.get(type);
        return command == null
            ? CommandLine.defaultFactory().create(type)
            : type.cast(command.apply(surroundings));
      }
    };
  }
}
