package org.securechat.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.securechat.benchmarks.measure.Contender;
import org.securechat.benchmarks.measure.Measured;
import org.securechat.benchmarks.measure.Ratio;
import org.securechat.benchmarks.measure.Rounds;
import org.securechat.benchmarks.report.JsonReport;
import org.securechat.benchmarks.report.Machine;
import org.securechat.benchmarks.report.Plot;
import org.securechat.benchmarks.report.Run;
import org.securechat.benchmarks.report.TextReport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The load generator's command line. docs/performance.md explains what it measures. */
@Command(
    name = "load",
    description = "Measures what the server holds, beside what its parts allow.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class Load implements Callable<Integer> {
  /** What is held against what; those whose sides took part are told. */
  private static final List<Ratio> RATIOS =
      List.of(
          Ratio.of("me", "health"),
          Ratio.of("me", "check"),
          Ratio.of("prototype", "check", "append"),
          Ratio.of("commit", "append"));

  private final Clock clock = Clock.systemUTC();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--contenders",
      split = ",",
      description = "Who takes turns, in this order: ${DEFAULT-VALUE} by default.",
      defaultValue = "health,me,prototype,check,append,commit",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private List<String> contenders = List.of();

  @Option(
      names = "--connections",
      split = ",",
      description = "How many connections send at a time; each is measured by itself.",
      defaultValue = "16,64")
  private List<Integer> connections = List.of();

  @Option(names = "--rounds", description = "How often each has its turn.", defaultValue = "5")
  private int rounds;

  @Option(names = "--seconds", description = "How long a turn is.", defaultValue = "4")
  private double seconds;

  @Option(
      names = "--warm-up",
      description = "Seconds that each works unmeasured before.",
      defaultValue = "15")
  private double warmUp;

  @Option(names = "--json", description = "Write everything to this file.")
  private @Nullable Path json;

  @Option(names = "--plot", description = "Draw rates and p99 into this file, a PNG.")
  private @Nullable Path plot;

  @Option(names = "--launcher", description = "Starts the server.", defaultValue = "secure-chat")
  private Path launcher = Path.of("");

  @Option(
      names = "--folder",
      description = "Where databases are made, some GB; on the disk to be measured.",
      defaultValue = "chat-benchmarks/target")
  private Path folder = Path.of("");

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Load()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Rounds turns = turns();
    Machine machine = Machine.here(clock);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    int most = Collections.max(connections);
    Run run;
    try (Contenders named = new Contenders(folder, launcher, clock)) {
      List<Measured> measured = new ArrayList<>();
      List<Contender> taking = named.prepare(contenders, most);
      for (int count : connections) {
        measured.addAll(turns.run(taking, count, line -> progress(err, line)));
      }
      run = new Run(machine, command(), named.versions(), turns, measured, ratios(measured));
    }
    out.print(TextReport.of(run));
    out.flush();
    if (json != null) {
      try (Writer writer = Files.newBufferedWriter(json)) {
        JsonReport.write(run, writer);
      }
    }
    if (plot != null) {
      Plot.write(run, plot);
    }
    if (run.refused() > 0) {
      err.println("load: " + run.refused() + " answers were refusals; the figures are no good.");
      return CommandLine.ExitCode.SOFTWARE;
    }
    return CommandLine.ExitCode.OK;
  }

  private Rounds turns() {
    for (String name : contenders) {
      if (!Contenders.NAMES.contains(name)) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "Nobody is called " + name + ", only " + Contenders.NAMES + ".");
      }
    }
    if (Collections.min(connections) < 1) {
      throw new CommandLine.ParameterException(spec.commandLine(), "Someone has to connect.");
    }
    try {
      return new Rounds(rounds, duration(warmUp), duration(seconds));
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private static void progress(PrintWriter err, String line) {
    err.println(line);
    err.flush();
  }

  private List<Ratio.Values> ratios(List<Measured> measured) {
    return connections.stream()
        .flatMap(count -> RATIOS.stream().flatMap(ratio -> ratio.values(measured, count).stream()))
        .toList();
  }

  private String command() {
    return "load " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
