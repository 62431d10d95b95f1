package org.securechat.protocol.key;

/**
 * What conversation keys are encrypted to. Which of the two a person has is for the person to
 * publish: the older one is no substitute for an encryption key that does not verify.
 */
public sealed interface RecipientKey permits EncryptionKey, X25519Key {

  /** The public key, in an array of its own. */
  byte[] toByteArray();
}
