package org.securechat.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.securechat.domain.identity.RandomSource;

/** Where the server's secret comes from when no setting gives it: a file beside the database. */
final class SecretKeys {
  private static final int LENGTH = 32;

  private SecretKeys() {}

  /**
   * Reads the secret of a development server, or makes it first, readable by its owner only.
   *
   * @param database the database's file, beside which it lies
   * @throws ConfigurationException if it can't be read or made
   */
  static String besideDatabase(Path database, RandomSource random) {
    Path file = database.resolveSibling(database.getFileName() + ".secret");
    try {
      if (!Files.exists(file)) {
        make(file, random);
      }
      return Files.readString(file).strip();
    } catch (IOException | UncheckedIOException e) {
      throw new ConfigurationException(
          "The secret in "
              + file
              + " can't be read or written: mend its permissions, or set SECRET_KEY.");
    }
  }

  /**
   * Writes it whole before it gets its name, so that two first starts agree and a crash leaves
   * none.
   */
  private static void make(Path file, RandomSource random) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path draft = Files.createTempFile(folder, "secret", ".tmp", ownerOnly());
    try {
      Files.writeString(draft, HexFormat.of().formatHex(random.bytes(LENGTH)) + "\n");
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Another process was first; its secret counts.
    } catch (UnsupportedOperationException e) {
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
