package org.securechat.testpostgresql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.tukaani.xz.XZInputStream;

/**
 * The server's programs, unpacked into a temporary folder once for each JVM, which also holds all
 * that its servers write. A shell removes it when the JVM ends, however that happens.
 */
final class Installation {
  private static final int ROOT = 0;

  /** Of {@code nobody}: PostgreSQL refuses to run as root. */
  private static final int UNPRIVILEGED = 65534;

  private static final String REMOVAL =
      "cat >/dev/null; for i in 1 2 3 4 5; do rm -rf \"$1\" && break; sleep 1; done";

  private final Path folder;
  private final boolean root;

  @SuppressWarnings("UnusedVariable") // keeps its input open until the JVM ends
  private final Process removal;

  private Installation(Path folder, boolean root, Process removal) {
    this.folder = folder;
    this.root = root;
    this.removal = removal;
  }

  private static final class Holder {
    private static final Installation INSTANCE = unpack();
  }

  static Installation ofThisJvm() {
    return Holder.INSTANCE;
  }

  private static Installation unpack() {
    try {
      Path folder = Files.createTempDirectory("chat-postgresql");
      Process removal = new ProcessBuilder("sh", "-c", REMOVAL, "sh", folder.toString()).start();
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      boolean root = Files.getAttribute(folder, "unix:uid").equals(ROOT);
      Process tar =
          new ProcessBuilder("tar", "-x", "-C", folder.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (InputStream in = new XZInputStream(archive());
          OutputStream out = tar.getOutputStream()) {
        in.transferTo(out);
      }
      require(tar, "tar");
      return new Installation(folder, root, removal);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream archive() {
    boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    String name =
        "/postgres-%s-%s.txz".formatted(mac ? "darwin" : "linux", arm ? "arm_64" : "x86_64");
    InputStream archive = Installation.class.getResourceAsStream(name);
    if (archive == null) {
      throw new IllegalStateException(name + " is not on the class path");
    }
    return archive;
  }

  /** A new folder that belongs to the user who runs the server. */
  Path newFolder() {
    try {
      Path made = Files.createTempDirectory(folder, "data");
      give(made);
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a file one of the server's. */
  void give(Path file) throws IOException {
    if (root) {
      Files.setAttribute(file, "unix:uid", UNPRIVILEGED);
    }
  }

  /**
   * The command line of one of the server's programs. Root becomes nobody by {@code setpriv}, which
   * also works where user namespaces do not.
   */
  List<String> command(String program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (root) {
      command.addAll(
          List.of(
              "setpriv",
              "--reuid=" + UNPRIVILEGED,
              "--regid=" + UNPRIVILEGED,
              "--clear-groups",
              "--"));
    }
    command.add(folder.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    return command;
  }

  /** Waits for the end of a program, which must be a good one. */
  static void require(Process process, String name) {
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(name + " failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
