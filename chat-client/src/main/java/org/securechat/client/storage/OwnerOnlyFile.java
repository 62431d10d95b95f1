package org.securechat.client.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that is readable by its owner alone, and always either the old one or the new one. For one
 * writer at a time.
 */
public final class OwnerOnlyFile {
  private final Path file;

  public OwnerOnlyFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  /** Where it is, absolute. */
  public Path path() {
    return file;
  }

  /**
   * All of it.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   * @throws SharedFileException if others may read or write it
   * @throws FileTooLargeException if it is longer
   */
  public byte[] read(int maxBytes) throws IOException {
    if (OwnerOnly.isSharedWithOthers(file)) {
      throw new SharedFileException(file);
    }
    if (Files.size(file) > maxBytes) {
      throw new FileTooLargeException(file);
    }
    return Files.readAllBytes(file);
  }

  /** Puts this in place of what was there, on the disk when it returns; makes its folder. */
  public void write(byte[] bytes) throws IOException {
    Path draft = null;
    try {
      draft = draft();
      writeDraft(draft, bytes);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      OwnerOnly.forceFolder(file);
    } catch (IOException e) {
      discard(draft);
      throw e;
    }
  }

  /** Tries out whether {@link #write} could write so many bytes; changes nothing. */
  public void requireWritable(int bytes) throws IOException {
    Path draft = null;
    try {
      draft = draft();
      writeDraft(draft, new byte[bytes]);
    } finally {
      discard(draft);
    }
  }

  private Path draft() throws IOException {
    makeFolder();
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString());
    }
    return file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
  }

  /** Makes the folder that it is in, its owner's alone, if there is none. */
  public void makeFolder() throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder, OwnerOnly.attributes("rwx------"));
    }
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

  /** Removes it, if it is there. */
  public void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
