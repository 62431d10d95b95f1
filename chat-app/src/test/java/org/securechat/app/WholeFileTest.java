package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void chooseName() {
    file = folder.resolve("file");
  }

  private static void fill(Path draft) {
    try {
      Files.writeString(draft, "whole");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void write_filled_isThereForItsOwnerOnly() throws IOException {
    WholeFile.write(file, WholeFileTest::fill);

    assertEquals("whole", Files.readString(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(List.of(file), files());
  }

  @Test
  void write_halfDone_isNotThereYet() {
    WholeFile.write(
        file,
        draft -> {
          fill(draft);
          assertFalse(Files.exists(file));
        });

    assertTrue(Files.exists(file));
  }

  @Test
  void write_interrupted_leavesNothing() throws IOException {
    assertThrows(
        IllegalStateException.class,
        () ->
            WholeFile.write(
                file,
                draft -> {
                  fill(draft);
                  throw new IllegalStateException("interrupted");
                }));

    assertEquals(List.of(), files());
  }

  @Test
  void write_fileExists_isRefusedAndLeavesIt() throws IOException {
    Files.writeString(file, "another's");

    assertThrows(ConfigurationException.class, () -> WholeFile.write(file, WholeFileTest::fill));

    assertEquals("another's", Files.readString(file));
  }

  @Test
  void write_fileAppearsMeanwhile_isRefusedAndLeavesIt() throws IOException {
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class, () -> WholeFile.write(file, draft -> fill(file)));

    assertTrue(e.sentence().contains("exists already"), e.sentence());
    assertEquals("whole", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void write_noFolder_isRefused() {
    Path lost = folder.resolve("none/file");

    assertThrows(ConfigurationException.class, () -> WholeFile.write(lost, WholeFileTest::fill));
  }
}
