package org.securechat.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for one run, which goes with everything in it. */
public final class Workplace implements AutoCloseable {
  private final Path folder;

  private Workplace(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes one.
   *
   * @param parent on the disk that is to be measured: a file system in memory syncs nothing
   */
  public static Workplace create(Path parent) throws IOException {
    Files.createDirectories(parent);
    return new Workplace(Files.createTempDirectory(parent.toAbsolutePath(), "load-"));
  }

  /** A file of it. */
  public Path resolve(String name) {
    return folder.resolve(name);
  }

  /** The folder itself. */
  public Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    List<Path> found;
    try (Stream<Path> files = Files.walk(folder)) {
      found = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : found) {
      Files.deleteIfExists(file);
    }
  }
}
