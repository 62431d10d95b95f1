package org.securechat.client.terminal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * The file that holds a {@link Profile}: readable by its owner alone, and always either the old one
 * or the new one.
 */
final class ProfileFile {
  private static final int MAX_BYTES = 1 << 16;

  private final Path file;

  ProfileFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  /**
   * The file that is meant: the given one, {@code SECURE_CHAT_PROFILE}, or {@code
   * secure-chat/profile.json} in the user's folder for settings.
   */
  static ProfileFile of(@Nullable Path given, Map<String, String> environment) {
    if (given != null) {
      return new ProfileFile(given);
    }
    try {
      return named(environment);
    } catch (InvalidPathException e) {
      throw new UsageException("The environment names a folder that can't be one here.");
    }
  }

  private static ProfileFile named(Map<String, String> environment) {
    String named = environment.getOrDefault("SECURE_CHAT_PROFILE", "");
    if (!named.isEmpty()) {
      return new ProfileFile(Path.of(named));
    }
    String settings = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path folder =
        settings.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".config")
            : Path.of(settings);
    return new ProfileFile(folder.resolve("secure-chat").resolve("profile.json"));
  }

  Path path() {
    return file;
  }

  /**
   * The profile, if there is one; what can't be looked at does not count as absent.
   *
   * @throws UsageException if the file is no profile, or others may read it
   */
  Optional<Profile> read() {
    try {
      if (OwnerOnly.isSharedWithOthers(file)) {
        throw new UsageException(
            file + " may be read or written by others; its owner alone should (chmod 600).");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new UsageException(file + " is no profile, or a damaged one.");
      }
      return Optional.of(Profile.parse(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (InvalidValueException e) {
      throw new UsageException(file + " is no profile, or a damaged one.");
    } catch (IOException e) {
      throw new UsageException(file + " can't be read.");
    }
  }

  /**
   * Puts a profile in place of what was there.
   *
   * @throws UsageException if it can't be written
   */
  void write(Profile profile) {
    Path draft = null;
    try {
      draft = draft();
      writeDraft(draft, profile.text());
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      discard(draft);
      throw new UsageException(file + " can't be written.");
    }
  }

  /**
   * Tries out whether {@link #write} can do its work, before anything is asked of a server that
   * would be lost without it.
   *
   * @throws UsageException if it can't
   */
  void requireWritable() {
    Path draft = null;
    try {
      draft = draft();
      writeDraft(draft, new byte[MAX_BYTES]);
    } catch (IOException e) {
      throw new UsageException(file + " can't be written.");
    } finally {
      discard(draft);
    }
  }

  private Path draft() throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder, OwnerOnly.attributes("rwx------"));
    }
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString());
    }
    return file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
  }

  private static void writeDraft(Path draft, byte[] bytes) throws IOException {
    Files.deleteIfExists(draft);
    try (FileChannel channel =
        FileChannel.open(
            draft,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            OwnerOnly.attributes("rw-------"))) {
      ByteBuffer text = ByteBuffer.wrap(bytes);
      while (text.hasRemaining()) {
        channel.write(text);
      }
      channel.force(true);
    }
  }

  private static void discard(@Nullable Path draft) {
    try {
      if (draft != null) {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      // Nobody else can read it, and the next attempt replaces it.
    }
  }

  /** Removes the profile. */
  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UsageException(file + " can't be removed.");
    }
  }
}
