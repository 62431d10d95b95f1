package org.securechat.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
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
import org.securechat.benchmarks.http.Target;

/** A server in a process of its own, on a free port of loopback. */
public final class ServerProcess implements AutoCloseable {
  private static final Pattern STARTED = Pattern.compile("on http://127\\.0\\.0\\.1:(\\d+)");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Those of the launcher, so that both kinds of server run alike. */
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms16m",
          "-Xmx512m",
          "-Djava.awt.headless=true",
          "--enable-native-access=ALL-UNNAMED");

  private final Process process;
  private final Target target;
  private final String description;

  private ServerProcess(Process process, Target target, String description) {
    this.process = process;
    this.target = target;
    this.description = description;
  }

  /**
   * Starts the product, on a SQLite database of its own, with limits that no load reaches.
   *
   * @param launcher the script {@code secure-chat}
   * @throws IOException if it does not start; the message says what it said
   */
  public static ServerProcess product(Path launcher, Workplace workplace) throws IOException {
    return start(
        workplace,
        List.of(launcher.toAbsolutePath().toString(), "serve"),
        Map.of(
            "CHAT_CONFIG", "/dev/null",
            "CHAT_ENV", "testing",
            "HOST", "127.0.0.1",
            "PORT", "0",
            "LOG_LEVEL", "warn",
            "DATABASE_URL", "sqlite:///" + workplace.resolve("chat.db"),
            "LIMIT_REQUESTS_PER_USER_BURST", "1000000",
            "LIMIT_REQUESTS_PER_USER_PER_SECOND", "1000000",
            "LIMIT_WAITERS_PER_USER", "100"));
  }

  /** Starts a program of this class path. */
  public static ServerProcess program(Class<?> program, Workplace workplace, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(arguments);
    return start(workplace, command, Map.of());
  }

  private static ServerProcess start(
      Workplace workplace, List<String> command, Map<String, String> settings) throws IOException {
    Path errors = Files.createTempFile(workplace.folder(), "stderr", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(workplace.folder().toFile())
            .redirectError(errors.toFile());
    Map<String, String> environment = builder.environment();
    environment
        .keySet()
        .removeIf(name ->
            name.startsWith("LIMIT_")
                || name.startsWith("SIGNATURE_")
                || name.equals("SECRET_KEY"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.putAll(settings);
    Process process = builder.start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    while (line != null) {
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        int port = Integer.parseInt(started.group(1));
        return new ServerProcess(process, new Target(port, process.toHandle()), line);
      }
      line = output.readLine();
    }
    process.destroyForcibly();
    throw new IOException("A server did not start: " + Files.readString(errors).strip());
  }

  /** Where it listens. */
  public Target target() {
    return target;
  }

  /** What it said of itself when it started. */
  public String description() {
    return description;
  }

  /** Asks it to end, and ends it if it does not. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
