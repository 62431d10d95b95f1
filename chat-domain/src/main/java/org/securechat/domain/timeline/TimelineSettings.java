package org.securechat.domain.timeline;

/**
 * The bounds of messages.
 *
 * @param ciphertextBytes of one message, 1 to {@link EncryptedContent#MAX_LENGTH}
 */
public record TimelineSettings(int ciphertextBytes) {

  public TimelineSettings {
    if (ciphertextBytes < 1 || ciphertextBytes > EncryptedContent.MAX_LENGTH) {
      throw new IllegalArgumentException(
          "A ciphertext has 1 to " + EncryptedContent.MAX_LENGTH + " bytes");
    }
  }

  /** 64 KiB. */
  public static TimelineSettings defaults() {
    return new TimelineSettings(64 * 1024);
  }
}
