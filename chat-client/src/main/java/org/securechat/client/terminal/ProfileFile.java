package org.securechat.client.terminal;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.securechat.client.state.SealedStateFile;
import org.securechat.client.storage.FileTooLargeException;
import org.securechat.client.storage.OwnerOnlyFile;
import org.securechat.client.storage.SharedFileException;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * The file that holds a {@link Profile}: readable by its owner alone, and always either the old one
 * or the new one.
 */
final class ProfileFile {
  private static final int MAX_BYTES = 1 << 16;

  private final OwnerOnlyFile file;

  ProfileFile(Path file) {
    this.file = new OwnerOnlyFile(file);
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
    return file.path();
  }

  /**
   * The profile, if there is one; what can't be looked at does not count as absent.
   *
   * @throws UsageException if the file is no profile, or others may read it
   */
  Optional<Profile> read() {
    try {
      return Optional.of(Profile.parse(file.read(MAX_BYTES)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (SharedFileException e) {
      throw new UsageException(
          path() + " may be read or written by others; its owner alone should (chmod 600).");
    } catch (FileTooLargeException | InvalidValueException e) {
      throw new UsageException(path() + " is no profile, or a damaged one.");
    } catch (IOException e) {
      throw new UsageException(path() + " can't be read.");
    }
  }

  /**
   * Puts a profile in place of what was there.
   *
   * @throws UsageException if it can't be written
   */
  void write(Profile profile) {
    try {
      file.write(profile.text());
    } catch (IOException e) {
      throw new UsageException(path() + " can't be written.");
    }
  }

  /**
   * Tries out whether {@link #write} can do its work, before anything is asked of a server that
   * would be lost without it.
   *
   * @throws UsageException if it can't
   */
  void requireWritable() {
    try {
      file.requireWritable(MAX_BYTES);
    } catch (IOException e) {
      throw new UsageException(path() + " can't be written.");
    }
  }

  /** What this device remembers of the account's conversations, in the same folder. */
  Path state() {
    return path().resolveSibling(path().getFileName() + ".state");
  }

  /** Removes the profile, and what was remembered for it. */
  void delete() {
    try {
      file.delete();
      SealedStateFile.delete(state());
    } catch (IOException e) {
      throw new UsageException(path() + " can't be removed.");
    }
  }
}
