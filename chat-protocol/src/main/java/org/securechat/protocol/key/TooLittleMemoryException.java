package org.securechat.protocol.key;

/** This process has less memory than it takes to stretch the password; nothing was derived. */
public final class TooLittleMemoryException extends RuntimeException {
  TooLittleMemoryException(PasswordKdf kdf) {
    super("Stretching the password takes " + kdf.memoryKib() + " KiB, more than there is");
  }
}
