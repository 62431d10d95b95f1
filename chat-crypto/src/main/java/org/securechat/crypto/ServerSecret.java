package org.securechat.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The server's one secret ({@code SECRET_KEY}), out of which every key of its own is derived with
 * HKDF-SHA256 (RFC 5869), one for each purpose. Immutable.
 *
 * <p>Security guarantees: a derived key tells nothing about the secret or the other keys. All of
 * them are as hard to guess as the secret itself: its length is for whoever configures it to see
 * to.
 */
public final class ServerSecret {
  /** Bytes of each derived key. */
  public static final int KEY_LENGTH = 32;

  private static final String INFO_PREFIX = "secure-chat/v1/server/";
  private static final byte[] NO_SALT = {};

  private final byte[] keyMaterial;

  private ServerSecret(byte[] keyMaterial) {
    this.keyMaterial = keyMaterial;
  }

  /**
   * Takes the secret's text; its UTF-8 bytes are what counts.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public static ServerSecret of(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("The server's secret is empty");
    }
    return new ServerSecret(text.getBytes(UTF_8));
  }

  /** The key of {@link Argon2PasswordHasher}, in an array of its own. */
  public byte[] passwordKey() {
    return key("password");
  }

  /** The key of {@link AesGcmSecretBox}, in an array of its own. */
  public byte[] sealingKey() {
    return key("sealing");
  }

  /** The key of {@link HmacKeyedHash}, in an array of its own. */
  public byte[] namesKey() {
    return key("names");
  }

  private byte[] key(String name) {
    return HkdfSha256.derive(
        keyMaterial, NO_SALT, (INFO_PREFIX + name).getBytes(UTF_8), KEY_LENGTH);
  }

  @Override
  public String toString() {
    return "ServerSecret[secret]";
  }
}
