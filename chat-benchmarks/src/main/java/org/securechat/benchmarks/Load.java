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
import org.securechat.benchmarks.flat.Flatness;
import org.securechat.benchmarks.measure.Contender;
import org.securechat.benchmarks.measure.Measured;
import org.securechat.benchmarks.measure.Ratio;
import org.securechat.benchmarks.measure.Rounds;
import org.securechat.benchmarks.process.Workplace;
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
          Ratio.of("send", "check", "append"),
          Ratio.of("send", "prototype"),
          Ratio.of("page", "health"),
          Ratio.of("list", "health"),
          Ratio.of("prototype", "check", "bare-append"),
          Ratio.of("append", "bare-append"),
          Ratio.of("commit", "bare-append"));

  private final Clock clock = Clock.systemUTC();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--contenders",
      split = ",",
      description = "Who takes turns, in this order: ${DEFAULT-VALUE} by default.",
      defaultValue = "health,me,send,page,list,wake-up,prototype,check,append,bare-append",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private List<String> contenders = List.of();

  @Option(
      names = "--connections",
      split = ",",
      description = "How many connections send at a time; each is measured by itself.",
      defaultValue = "16,64")
  private List<Integer> connections = List.of();

  @Option(
      names = "--flat",
      description =
          "Measure only how much a send and a page cost more where more is stored or more people"
              + " are.")
  private boolean flat;

  @Option(
      names = "--flat-messages",
      split = ",",
      description = "Sizes beside 1,000 messages.",
      defaultValue = "100000,1000000")
  private List<Integer> flatMessages = List.of();

  @Option(
      names = "--flat-members",
      split = ",",
      description = "Sizes beside 2 members.",
      defaultValue = "100,1000")
  private List<Integer> flatMembers = List.of();

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
    // Scripts read the exit code; a server's output may still have a thread waiting for it.
    System.exit(new CommandLine(new Load()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Rounds turns = turns();
    Machine machine = Machine.here(clock);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Run run = flat ? measureFlatness(turns, machine, err) : measure(turns, machine, err);
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

  private Run measure(Rounds turns, Machine machine, PrintWriter err) throws IOException {
    int most = Collections.max(connections);
    try (Contenders named = new Contenders(folder, launcher, clock)) {
      List<Contender> taking = named.prepare(contenders, most);
      return run(turns, machine, taking, named.versions(), RATIOS, err);
    }
  }

  private Run measureFlatness(Rounds turns, Machine machine, PrintWriter err) throws IOException {
    try (Workplace workplace = Workplace.create(folder);
        Flatness flatness =
            new Flatness(
                workplace.folder(),
                flatMessages,
                flatMembers,
                clock,
                line -> progress(err, line))) {
      return run(turns, machine, flatness.contenders(), List.of(), flatness.ratios(), err);
    }
  }

  private Run run(
      Rounds turns,
      Machine machine,
      List<Contender> taking,
      List<String> versions,
      List<Ratio> ratios,
      PrintWriter err) {
    List<Measured> measured = new ArrayList<>();
    for (int count : connections) {
      measured.addAll(turns.run(taking, count, line -> progress(err, line)));
    }
    return new Run(machine, command(), versions, turns, measured, ratios(ratios, measured));
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

  private List<Ratio.Values> ratios(List<Ratio> ratios, List<Measured> measured) {
    return connections.stream()
        .flatMap(count -> ratios.stream().flatMap(ratio -> ratio.values(measured, count).stream()))
        .toList();
  }

  private String command() {
    return "load " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
