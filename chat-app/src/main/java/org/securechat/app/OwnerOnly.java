package org.securechat.app;

import java.nio.file.FileSystems;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** What makes a new file or folder its owner's alone, where the file system knows owners. */
final class OwnerOnly {
  private OwnerOnly() {}

  /**
   * The attribute, or none.
   *
   * @param permissions as {@code ls -l} writes them, such as {@code rw-------}
   */
  static FileAttribute<?>[] of(String permissions) {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
