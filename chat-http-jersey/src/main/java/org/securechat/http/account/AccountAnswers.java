package org.securechat.http.account;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.account.Account;
import org.securechat.domain.account.Block;
import org.securechat.domain.account.Confirmed;
import org.securechat.domain.account.EncryptionKey;
import org.securechat.domain.account.KdfParameters;
import org.securechat.domain.account.OwnAccount;
import org.securechat.domain.account.Profile;
import org.securechat.domain.account.PublicUser;
import org.securechat.domain.account.ReleasedKey;
import org.securechat.domain.account.SignedIn;
import org.securechat.domain.credential.RecoveryCode;
import org.securechat.domain.credential.TotpSecret;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.session.Session;
import org.securechat.http.answer.Json;
import org.securechat.http.answer.JsonAnswer;

/** Writes the answers of account requests. */
final class AccountAnswers {
  private AccountAnswers() {}

  /** A new second factor, to be set up and confirmed. */
  static JsonAnswer begun(TotpSecret secret, String provisioningUri) {
    return json -> {
      json.writeStartObject();
      json.writeStringField("message", "Scan the QR code and confirm with a code");
      json.writeStringField("qr_code", QrCode.dataUri(provisioningUri));
      json.writeStringField("secret", secret.secretText());
      json.writeStringField("provisioning_uri", provisioningUri);
      json.writeEndObject();
    };
  }

  static JsonAnswer confirmed(String message, Confirmed confirmed) {
    return json -> {
      json.writeStartObject();
      json.writeStringField("message", message);
      json.writeFieldName("user");
      own(confirmed.signedIn().account()).writeTo(json);
      json.writeArrayFieldStart("recovery_codes");
      for (RecoveryCode code : confirmed.recoveryCodes()) {
        json.writeString(code.secretText());
      }
      json.writeEndArray();
      json.writeEndObject();
    };
  }

  static JsonAnswer signedIn(SignedIn signedIn) {
    return json -> {
      json.writeStartObject();
      json.writeStringField("message", "Logged in");
      json.writeFieldName("user");
      own(signedIn.account()).writeTo(json);
      json.writeEndObject();
    };
  }

  /** The user JSON that only the user itself gets. */
  static JsonAnswer own(OwnAccount own) {
    Account account = own.account();
    Profile profile = account.profile();
    return json -> {
      json.writeStartObject();
      json.writeNumberField("id", account.id().value());
      json.writeStringField("username", profile.username().value());
      json.writeStringField("email", profile.email().value());
      json.writeStringField("created_at", Json.time(account.createdAt()));
      json.writeStringField("public_key", profile.identityKey().toPem());
      json.writeStringField(
          "encrypted_private_key", Base64Text.encode(own.encryptedPrivateKey().toByteArray()));
      json.writeStringField("encryption_iv", profile.encryptionIv().hex());
      writeKdf(json, profile.kdf());
      writeEncryptionKey(json, profile.encryptionKey().orElse(null));
      json.writeBooleanField("requires_2fa_reset", own.resetRequired());
      json.writeEndObject();
    };
  }

  static JsonAnswer kdf(KdfParameters kdf) {
    return json -> {
      json.writeStartObject();
      writeKdf(json, kdf);
      json.writeEndObject();
    };
  }

  static JsonAnswer released(ReleasedKey released) {
    Profile profile = released.profile();
    return json -> {
      json.writeStartObject();
      json.writeStringField(
          "encrypted_private_key", Base64Text.encode(released.encryptedPrivateKey().toByteArray()));
      json.writeStringField("encryption_iv", profile.encryptionIv().hex());
      writeKdf(json, profile.kdf());
      json.writeStringField("public_key", profile.identityKey().toPem());
      json.writeStringField("login_ticket", released.ticket().secretText());
      json.writeEndObject();
    };
  }

  /** The user JSON that everybody gets. */
  static JsonAnswer publicUser(PublicUser user) {
    return json -> {
      json.writeStartObject();
      json.writeNumberField("id", user.id().value());
      json.writeStringField("username", user.username().value());
      json.writeStringField("public_key", user.identityKey().toPem());
      writeEncryptionKey(json, user.encryptionKey().orElse(null));
      json.writeEndObject();
    };
  }

  /** The member {@code sessions}. */
  static void writeSessions(JsonGenerator json, List<Session> sessions, Session current)
      throws IOException {
    json.writeArrayFieldStart("sessions");
    for (Session session : sessions) {
      json.writeStartObject();
      json.writeStringField("id", session.id());
      json.writeStringField("created_at", Json.time(session.createdAt()));
      json.writeStringField("last_used_at", Json.time(session.lastUsedAt()));
      json.writeStringField("user_agent", session.userAgent());
      json.writeBooleanField("current", session.id().equals(current.id()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** The member {@code blocks}. */
  static void writeBlocks(JsonGenerator json, List<Block> blocks) throws IOException {
    json.writeArrayFieldStart("blocks");
    for (Block block : blocks) {
      json.writeStartObject();
      json.writeNumberField("user_id", block.user().value());
      json.writeStringField("username", block.username().value());
      json.writeStringField("created_at", Json.time(block.createdAt()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeKdf(JsonGenerator json, KdfParameters kdf) throws IOException {
    json.writeObjectFieldStart("kdf");
    json.writeStringField("algorithm", KdfParameters.ALGORITHM);
    json.writeNumberField("memory_kib", kdf.memoryKib());
    json.writeNumberField("iterations", kdf.iterations());
    json.writeNumberField("parallelism", kdf.parallelism());
    json.writeEndObject();
  }

  private static void writeEncryptionKey(JsonGenerator json, @Nullable EncryptionKey key)
      throws IOException {
    if (key == null) {
      json.writeNullField("encryption_key");
      json.writeNullField("encryption_key_signature");
    } else {
      json.writeStringField("encryption_key", Base64Text.encode(key.toByteArray()));
      json.writeStringField("encryption_key_signature", key.signature().toHex());
    }
  }
}
