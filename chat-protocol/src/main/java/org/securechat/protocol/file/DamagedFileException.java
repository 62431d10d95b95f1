package org.securechat.protocol.file;

import java.io.IOException;

/** The bytes are not those that were sent: changed, cut, extended, reordered or another file's. */
public final class DamagedFileException extends IOException {
  DamagedFileException(String message) {
    super(message);
  }
}
