package org.securechat.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** Writes a new file that is there whole and on disk, or not at all; for its owner only. */
final class WholeFile {
  private WholeFile() {}

  /**
   * Writes a file.
   *
   * @param file must not exist; its folder must
   * @param content fills the draft that it is given, a file beside; what it throws leaves no file
   * @throws ConfigurationException if the file exists or can't be written
   */
  static void write(Path file, Consumer<Path> content) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw exists(file);
    }
    try {
      Path draft =
          Files.createTempFile(
              folder, file.getFileName() + ".", ".part", OwnerOnly.of("rw-------"));
      // For an end by a signal; kill -9 leaves it.
      draft.toFile().deleteOnExit();
      try {
        content.accept(draft);
        force(draft, StandardOpenOption.WRITE);
        // Unlike a move, a link takes nobody's place.
        Files.createLink(file, draft);
      } finally {
        Files.deleteIfExists(draft);
      }
      force(folder, StandardOpenOption.READ);
    } catch (FileAlreadyExistsException e) {
      throw exists(file);
    } catch (IOException | UnsupportedOperationException e) {
      throw new ConfigurationException(
          file + " can't be written: mend the permissions of its folder, or choose another.");
    }
  }

  private static void force(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }

  private static ConfigurationException exists(Path file) {
    return new ConfigurationException(file + " exists already: choose another name.");
  }
}
