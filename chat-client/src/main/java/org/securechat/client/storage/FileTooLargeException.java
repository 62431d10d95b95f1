package org.securechat.client.storage;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file is longer than anything that was ever written there. */
public final class FileTooLargeException extends FileSystemException {
  FileTooLargeException(Path file) {
    super(file.toString());
  }
}
