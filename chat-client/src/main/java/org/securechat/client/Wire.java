package org.securechat.client;

import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.client.http.JsonMembers;
import org.securechat.client.http.JsonObject;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.protocol.key.LoginHash;
import org.securechat.protocol.key.PasswordKdf;
import org.securechat.protocol.key.PublishedEncryptionKey;
import org.securechat.protocol.key.WrappedPrivateKey;

/** The members that several requests and answers share. */
final class Wire {
  private static final String ARGON2ID = "argon2id";

  private Wire() {}

  static JsonMembers email(EmailAddress email) {
    return json -> json.writeStringField("email", email.value());
  }

  static JsonMembers totpCode(String code) {
    return json -> json.writeStringField("totp_code", code);
  }

  static JsonMembers passwordHash(String member, LoginHash hash) {
    return json -> json.writeStringField(member, hash.secretText());
  }

  static JsonMembers privateKey(WrappedPrivateKey wrapped, PasswordKdf kdf) {
    return json -> {
      json.writeStringField("encrypted_private_key", wrapped.encryptedPrivateKey());
      json.writeStringField("encryption_iv", wrapped.encryptionIv());
      json.writeObjectFieldStart("kdf");
      json.writeStringField("algorithm", ARGON2ID);
      json.writeNumberField("memory_kib", kdf.memoryKib());
      json.writeNumberField("iterations", kdf.iterations());
      json.writeNumberField("parallelism", kdf.parallelism());
      json.writeEndObject();
    };
  }

  static JsonMembers encryptionKey(PublishedEncryptionKey published) {
    return json -> {
      json.writeStringField("encryption_key", published.encryptionKey());
      json.writeStringField("encryption_key_signature", published.encryptionKeySignature());
    };
  }

  /**
   * Reads how a password is to be stretched.
   *
   * @throws UntrustedAnswerException for anything that a client must refuse: a server that could
   *     choose weaker parameters could guess the password
   */
  static PasswordKdf kdf(JsonObject answer) {
    JsonObject kdf = answer.object("kdf");
    try {
      if (kdf.text("algorithm").equals(ARGON2ID)) {
        return new PasswordKdf(
            Math.toIntExact(kdf.number("memory_kib")),
            Math.toIntExact(kdf.number("iterations")),
            Math.toIntExact(kdf.number("parallelism")));
      }
    } catch (InvalidValueException | ArithmeticException e) {
      // Falls through.
    }
    throw new UntrustedAnswerException(
        "The server asks for a key derivation that this client refuses");
  }
}
