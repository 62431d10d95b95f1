package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run of a client in a process of its own, driven by lines. */
final class ClientProcess implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final BufferedReader out;
  private final BufferedWriter in;
  private final Path errors;

  private ClientProcess(Process process, Path errors) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    this.errors = errors;
  }

  /**
   * Starts {@code secure-chat client …}.
   *
   * @param folder for its profile and its errors, unless the environment says otherwise
   */
  static ClientProcess start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    ProcessBuilder builder = java("org.securechat.app.Main", "client");
    builder.command().addAll(List.of(arguments));
    builder.environment().put("XDG_CONFIG_HOME", folder.resolve("settings").toString());
    builder.environment().putAll(environment);
    return start(folder, builder);
  }

  /** Compiles the program of a source file and starts it in a folder. */
  static ClientProcess compile(
      Path folder, Path source, Map<String, String> environment, String... arguments)
      throws IOException {
    ProcessBuilder builder = java(source.toString()).directory(folder.toFile());
    builder.command().addAll(List.of(arguments));
    builder.environment().putAll(environment);
    return start(folder, builder);
  }

  private static ProcessBuilder java(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path")));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  private static ClientProcess start(Path folder, ProcessBuilder builder) throws IOException {
    Path errors = Files.createTempFile(folder, "client-err", ".txt");
    return new ClientProcess(builder.redirectError(errors.toFile()).start(), errors);
  }

  ClientProcess type(String... lines) throws IOException {
    for (String line : lines) {
      in.write(line);
      in.newLine();
    }
    in.flush();
    return this;
  }

  /** Its next line; at its end, what it complained of. */
  String line() throws IOException {
    String line = out.readLine();
    return line == null ? errors() : line;
  }

  /** Waits for its end; the rest of what it printed. */
  String end(int expected) throws IOException, InterruptedException {
    in.close();
    String rest = String.join("\n", out.lines().toList());
    assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
    assertEquals(expected, process.exitValue(), this::errors);
    return rest;
  }

  String errors() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
