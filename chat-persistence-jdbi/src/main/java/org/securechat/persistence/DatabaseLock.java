package org.securechat.persistence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keeps a second server from the same SQLite file: a lock on the file {@code <database>.lock}
 * beside it, which stays and is empty. The kernel releases it when the process dies.
 */
public final class DatabaseLock implements AutoCloseable {
  private final FileChannel channel;

  private DatabaseLock(FileChannel channel) {
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
    Path file = database.resolveSibling(database.getFileName() + ".lock");
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (locks(channel)) {
        return Optional.of(new DatabaseLock(channel));
      }
      channel.close();
      return Optional.empty();
    } catch (IOException e) {
      throw new DatabaseException("The lock file " + file + " can't be made: " + e, e);
    }
  }

  private static boolean locks(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Releases the lock; nothing if that was done before. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new DatabaseException("The lock can't be released: " + e, e);
    }
  }
}
