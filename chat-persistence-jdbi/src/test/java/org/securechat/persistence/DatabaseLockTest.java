package org.securechat.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseLockTest {
  @TempDir Path folder;

  @Test
  void tryAcquire_heldInThisProcess_isEmptyUntilItIsClosed() {
    DatabaseLock held = acquire();

    assertEquals(Optional.empty(), DatabaseLock.tryAcquire(database()));

    held.close();
    held.close();
    acquire().close();
  }

  @Test
  void tryAcquire_anotherDatabaseInTheSameFolder_isPresent() {
    try (DatabaseLock held = acquire();
        DatabaseLock other = DatabaseLock.tryAcquire(folder.resolve("other.db")).orElseThrow()) {
      assertFalse(held.equals(other));
    }
  }

  @Test
  void tryAcquire_heldByAnotherName_isEmpty() throws IOException {
    Files.createFile(database());
    Path link = Files.createSymbolicLink(folder.resolve("link.db"), database());

    try (DatabaseLock held = acquire()) {
      assertEquals(Optional.empty(), DatabaseLock.tryAcquire(link), held::toString);
    }
  }

  @Test
  void tryAcquire_missingFolder_saysSo() {
    assertThrows(
        DatabaseException.class, () -> DatabaseLock.tryAcquire(folder.resolve("missing/chat.db")));
  }

  @Test
  void tryAcquire_anotherProcess_isRefusedUntilTheLockIsClosed() throws Exception {
    try (DatabaseLock held = acquire()) {
      assertEquals("refused", answerOfAnotherProcess(), held::toString);
    }

    assertEquals("acquired", answerOfAnotherProcess());
  }

  /** On POSIX, closing any channel to a file drops the process's locks on it. */
  @Test
  void tryAcquire_refusedInThisProcess_leavesTheLockToKeepOthersOut() throws Exception {
    try (DatabaseLock held = acquire()) {
      assertEquals(Optional.empty(), DatabaseLock.tryAcquire(database()), held::toString);

      assertEquals("refused", answerOfAnotherProcess());
    }
  }

  @Test
  void tryAcquire_holderWasKilled_isPresent() throws Exception {
    Process other = startAnotherProcess();
    try (BufferedReader output = other.inputReader()) {
      assertEquals("acquired", output.readLine());
      assertEquals(Optional.empty(), DatabaseLock.tryAcquire(database()));

      other.destroyForcibly().waitFor();

      acquire().close();
      assertTrue(Files.exists(folder.resolve("chat.db.lock")));
    } finally {
      other.destroyForcibly();
    }
  }

  private Path database() {
    return folder.resolve("chat.db");
  }

  private DatabaseLock acquire() {
    return DatabaseLock.tryAcquire(database()).orElseThrow();
  }

  private String answerOfAnotherProcess() throws Exception {
    Process other = startAnotherProcess();
    try (BufferedReader output = other.inputReader()) {
      return output.readLine();
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  private Process startAnotherProcess() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Holder.class.getName(),
            database().toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** The other process: says whether it got the lock, and keeps it until its input ends. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws IOException {
      boolean acquired = DatabaseLock.tryAcquire(Path.of(arguments[0])).isPresent();
      System.out.println(acquired ? "acquired" : "refused");
      System.in.read();
    }
  }
}
