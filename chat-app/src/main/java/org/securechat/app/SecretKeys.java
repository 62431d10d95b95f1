package org.securechat.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;
import org.securechat.domain.identity.RandomSource;

/** Where the server's secret comes from when no setting gives it: a file. */
final class SecretKeys {
  private static final int LENGTH = 32;
  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");

  private SecretKeys() {}

  /**
   * Reads the secret of a development server, or makes it first, readable by its owner only.
   *
   * @param file where it is kept; its folder is made
   * @throws ConfigurationException if it can't be read or made
   */
  static String keptIn(Path file, RandomSource random) {
    try {
      if (!Files.exists(file)) {
        make(file, random);
      }
      String secret = Files.readString(file).strip();
      if (!SHAPE.matcher(secret).matches()) {
        throw new ConfigurationException(
            "The secret in "
                + file
                + " is damaged: put it back from a copy, or set SECRET_KEY; without it nobody of"
                + " this database can sign in.");
      }
      return secret;
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
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    Files.createDirectories(folder, OwnerOnly.of("rwx------"));
    Path draft = Files.createTempFile(folder, "secret", ".tmp", OwnerOnly.of("rw-------"));
    try {
      String secret = HexFormat.of().formatHex(random.bytes(LENGTH)) + "\n";
      // On disk before the database can be: one without the other is of no use.
      Files.writeString(draft, secret, StandardOpenOption.SYNC);
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Another process was first; its secret counts.
    } catch (UnsupportedOperationException e) {
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
