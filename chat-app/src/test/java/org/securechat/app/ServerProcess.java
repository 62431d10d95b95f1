package org.securechat.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program in a process of its own, as the launcher runs it. */
final class ServerProcess implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("on http://127\\.0\\.0\\.1:(\\d+)");
  private static final Pattern METRICS =
      Pattern.compile("metrics on http://127\\.0\\.0\\.1:(\\d+)");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration HEALTHY_WITHIN = Duration.ofSeconds(20);

  private final Process process;
  private final BufferedReader output;
  private final Path errors;
  private final List<String> printed = new ArrayList<>();

  private ServerProcess(Process process, Path errors) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
    this.errors = errors;
  }

  /** Starts a command line; its working folder, and all that it writes, is in {@code folder}. */
  static ServerProcess start(Path folder, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "org.securechat.app.Main"));
    command.addAll(List.of(arguments));
    Path errors = folder.resolve("stderr.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.to(errors.toFile()));
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("CHAT_") || name.equals("SECRET_KEY"));
    builder.environment().putAll(environment);
    try {
      return new ServerProcess(builder.start(), errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a server on a free port and waits until it says where. */
  static ServerProcess serve(Path folder, Map<String, String> environment) {
    ServerProcess server = start(folder, environment, "serve");
    server.awaitStart();
    return server;
  }

  private void awaitStart() {
    try {
      String line;
      while ((line = output.readLine()) != null) {
        printed.add(line);
        if (ADDRESS.matcher(line).find()) {
          return;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("The server did not start: " + printed + errors());
  }

  /** Waits until it is well: one that has just started may take too long for its first answer. */
  void awaitHealth() throws InterruptedException {
    TestApi api = new TestApi(url());
    Waits.await("health", HEALTHY_WITHIN, () -> api.get("/health").status() == 200);
  }

  String url() {
    return "http://127.0.0.1:" + port(ADDRESS);
  }

  /** Where it tells its metrics; it must be set to. */
  String metricsUrl() {
    return "http://127.0.0.1:" + port(METRICS) + "/metrics";
  }

  private String port(Pattern address) {
    Matcher matcher = address.matcher(printed.get(printed.size() - 1));
    if (!matcher.find()) {
      throw new AssertionError(printed);
    }
    return matcher.group(1);
  }

  long pid() {
    return process.pid();
  }

  /** What it has printed on standard output. */
  List<String> printed() {
    return printed;
  }

  /** What it has written to standard error, its log. */
  String errors() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it as {@code kill -9} does, and waits for its end. */
  void kill() {
    process.toHandle().destroyForcibly();
    await();
  }

  /**
   * Asks it to end as {@code kill} does. Not by the process object, which would close its output.
   */
  void terminate() {
    process.toHandle().destroy();
  }

  /** Waits for its end; the rest of what it prints is kept. */
  int await() {
    try {
      output.lines().forEach(printed::add);
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("The process does not end");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
