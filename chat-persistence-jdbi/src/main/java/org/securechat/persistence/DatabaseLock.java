package org.securechat.persistence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second server from the same SQLite file: a lock on the file {@code <database>.lock}
 * beside it, which stays and is empty. The kernel releases it when the process dies.
 */
public final class DatabaseLock implements AutoCloseable {
  /**
   * The lock files that this process has locked. POSIX drops a process's locks on a file with the
   * first of its channels that is closed, so no second one may be opened to find out.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private DatabaseLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of a database, without waiting.
   *
   * @param database the SQLite file; need not exist, its folder must
   * @return empty if somebody else has it, in this process or another
   * @throws DatabaseException if the lock's file can't be made
   */
  public static Optional<DatabaseLock> tryAcquire(Path database) {
    try {
      Path file = fileBeside(database);
      if (!HELD.add(file)) {
        return Optional.empty();
      }
      Optional<FileChannel> locked = Optional.empty();
      try {
        locked = lock(file);
      } finally {
        if (locked.isEmpty()) {
          HELD.remove(file);
        }
      }
      return locked.map(channel -> new DatabaseLock(file, channel));
    } catch (IOException e) {
      throw new DatabaseException("The lock file of " + database + " can't be made: " + e, e);
    }
  }

  /** One file for all names of a database, links followed. */
  private static Path fileBeside(Path database) throws IOException {
    Path absolute = database.toAbsolutePath();
    Path real =
        Files.exists(absolute)
            ? absolute.toRealPath()
            : absolute.resolveSibling(".").toRealPath().resolve(absolute.getFileName());
    return real.resolveSibling(real.getFileName() + ".lock");
  }

  private static Optional<FileChannel> lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    return locked ? Optional.of(channel) : Optional.empty();
  }

  /** Releases the lock; nothing if that was done before. */
  @Override
  public synchronized void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new DatabaseException("The lock can't be released: " + e, e);
    } finally {
      HELD.remove(file);
    }
  }
}
