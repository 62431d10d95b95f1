package org.securechat.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.securechat.client.terminal.TerminalClient;

/**
 * One run of a client, driven by lines: in a process of its own, or in a thread of this one, which
 * starts in a fraction of the time.
 */
final class ClientRun implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final BufferedWriter in;
  private final BufferedReader out;
  private final Supplier<String> errors;
  private final CompletableFuture<Integer> exitCode;
  private final Runnable kill;

  private ClientRun(
      BufferedWriter in,
      BufferedReader out,
      Supplier<String> errors,
      CompletableFuture<Integer> exitCode,
      Runnable kill) {
    this.in = in;
    this.out = out;
    this.errors = errors;
    this.exitCode = exitCode;
    this.kill = kill;
  }

  /**
   * Starts {@code secure-chat client …} as a process.
   *
   * @param folder for its profile and its errors, unless the environment says otherwise
   */
  static ClientRun start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    ProcessBuilder builder = java("org.securechat.app.Main", "client");
    builder.command().addAll(List.of(arguments));
    builder.environment().put("XDG_CONFIG_HOME", folder.resolve("settings").toString());
    builder.environment().putAll(environment);
    return start(folder, builder);
  }

  /**
   * Runs {@code secure-chat client …} in a thread.
   *
   * @param folder for its profile
   */
  static ClientRun inThread(Path folder, String... arguments) throws IOException {
    Map<String, String> environment =
        Map.of("XDG_CONFIG_HOME", folder.resolve("settings").toString());
    Pipe in = Pipe.open();
    Pipe out = Pipe.open();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("client")
            .start(() -> {
              try (InputStream typed = Channels.newInputStream(in.source());
                  PrintStream printed =
                      new PrintStream(Channels.newOutputStream(out.sink()), true, UTF_8);
                  PrintStream complaints = new PrintStream(errors, true, UTF_8)) {
                exitCode.complete(
                    TerminalClient.run(
                        environment, Clock.systemUTC(), typed, printed, complaints, arguments));
              } catch (IOException | RuntimeException | Error e) {
                exitCode.completeExceptionally(e);
              }
            });
    return new ClientRun(
        new BufferedWriter(Channels.newWriter(in.sink(), UTF_8)),
        new BufferedReader(Channels.newReader(out.source(), UTF_8)),
        () -> errors.toString(UTF_8),
        exitCode,
        thread::interrupt);
  }

  /** Compiles the program of a source file and starts it in a folder. */
  static ClientRun compile(
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

  private static ClientRun start(Path folder, ProcessBuilder builder) throws IOException {
    Path errors = Files.createTempFile(folder, "client-err", ".txt");
    Process process = builder.redirectError(errors.toFile()).start();
    return new ClientRun(
        process.outputWriter(UTF_8),
        process.inputReader(UTF_8),
        () -> read(errors),
        process.onExit().thenApply(Process::exitValue),
        process::destroyForcibly);
  }

  private static String read(Path errors) {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      return e.toString();
    }
  }

  ClientRun type(String... lines) throws IOException {
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
  String end(int expected) throws Exception {
    in.close();
    String rest = String.join("\n", out.lines().toList());
    assertEquals(expected, exitCode.get(PATIENCE_SECONDS, TimeUnit.SECONDS), errors);
    return rest;
  }

  String errors() {
    return errors.get();
  }

  /** Ends it, unless it has ended. */
  @Override
  public void close() {
    kill.run();
  }
}
