package org.securechat.client.failure;

/**
 * The server has another account under this address than the one that this device made or knows:
 * another id or name, or none of the encryption key that was published. All of these are for good,
 * so it is no change that the user made.
 */
public final class ChangedIdentityException extends ChatException {
  public ChangedIdentityException(String sentence) {
    super(sentence, null);
  }
}
