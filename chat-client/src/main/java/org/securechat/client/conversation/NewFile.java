package org.securechat.client.conversation;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that was not there before: under its name there is all of it or nothing. Its owner's alone
 * where the file system knows owners, as temporary files are made.
 */
final class NewFile {

  /** Writes what is to be in it, and may say something about that. */
  interface Content<T> {
    T writeTo(OutputStream out) throws IOException;
  }

  private NewFile() {}

  /**
   * Writes the content beside the file, and gives it the name when it is whole.
   *
   * @throws FileAlreadyExistsException if there is something of that name; it stays
   */
  static <T> T write(Path target, Content<T> content) throws IOException {
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Path folder = target.toAbsolutePath().getParent();
    Path partial = Files.createTempFile(folder, ".secure-chat-", ".part");
    try {
      T written;
      try (OutputStream out = Files.newOutputStream(partial)) {
        written = content.writeTo(out);
      }
      move(partial, target);
      return written;
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static void move(Path partial, Path target) throws IOException {
    try {
      Files.createLink(target, partial); // fails where there is something of that name, at once
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.move(partial, target); // a file system without links, such as FAT
    }
  }
}
