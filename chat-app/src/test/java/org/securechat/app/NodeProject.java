package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The JavaScript of {@code src/test/js} in a folder of its own, with its dependencies. */
final class NodeProject {
  private static final Path SOURCES = Path.of("src/test/js").toAbsolutePath();

  /** The vectors stretch twenty passwords, in JavaScript and perhaps on a busy machine. */
  private static final int PATIENCE_MINUTES = 10;

  private final Path folder;

  private NodeProject(Path folder) {
    this.folder = folder;
  }

  /** What a program said before it ended. */
  record Ended(int code, String output) {}

  /** Copies and installs it; the test is skipped, by name, where Node and npm are not there. */
  static NodeProject install(Path folder) throws IOException, InterruptedException {
    assumeTrue(hasNode(), "Node and npm are not here: the JavaScript client is not run");
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(NodeProject::isSource).toList()) {
        Path copy = folder.resolve(SOURCES.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    NodeProject project = new NodeProject(folder);
    Ended installed = project.run("npm", "ci", "--no-audit", "--no-fund");
    assertEquals(0, installed.code(), installed.output());
    return project;
  }

  private static boolean hasNode() {
    try {
      return new ProcessBuilder("node", "--version").start().waitFor() == 0
          && new ProcessBuilder("npm", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isSource(Path file) {
    return Files.isRegularFile(file) && !SOURCES.relativize(file).startsWith("node_modules");
  }

  Ended run(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    Process process =
        builder(List.of(command)).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    String said = Files.readString(output);
    assertTrue(ended, said);
    return new Ended(process.exitValue(), said);
  }

  /** A program in this folder. */
  ProcessBuilder builder(List<String> command) {
    return new ProcessBuilder(command).directory(folder.toFile());
  }
}
