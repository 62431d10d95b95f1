package org.securechat.client.storage;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Others than its owner may read or write a file that holds secrets. */
public final class SharedFileException extends FileSystemException {
  SharedFileException(Path file) {
    super(file.toString());
  }
}
