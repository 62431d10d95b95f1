package org.securechat.http.account;

import java.util.List;
import java.util.Optional;
import org.securechat.domain.account.AccountName;
import org.securechat.domain.account.EncryptedPrivateKey;
import org.securechat.domain.account.EncryptionIv;
import org.securechat.domain.account.EncryptionKey;
import org.securechat.domain.account.KdfParameters;
import org.securechat.domain.account.LoginForm;
import org.securechat.domain.account.Profile;
import org.securechat.domain.account.Registration;
import org.securechat.domain.account.RegistrationForm;
import org.securechat.domain.credential.PasswordHash;
import org.securechat.domain.credential.TotpCode;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.http.call.FieldReader;
import org.securechat.http.call.FieldReader.Field;
import org.securechat.http.json.JsonObject;

/** Reads the data of account requests into values. */
final class AccountForms {
  private AccountForms() {}

  /** A registration; a bad key is told together with every other bad field. */
  static RegistrationForm registration(JsonObject data) {
    return new RegistrationForm(
        () -> {
          FieldReader keyOnly = new FieldReader(data);
          Field<IdentityKey> key = keyOnly.required("public_key", IdentityKey::parsePem);
          return keyOnly.hasFault() ? registrationOf(data).profile().identityKey() : key.get();
        },
        () -> registrationOf(data));
  }

  private static Registration registrationOf(JsonObject data) {
    FieldReader fields = new FieldReader(data);
    Field<EmailAddress> email = fields.required("email", EmailAddress::new);
    Field<Username> username = fields.required("username", Username::new);
    Field<PasswordHash> passwordHash = fields.required("password_hash", PasswordHash::parse);
    Field<EncryptedPrivateKey> privateKey =
        fields.required(
            "encrypted_private_key", text -> EncryptedPrivateKey.copyOf(Base64Text.decode(text)));
    Field<IdentityKey> publicKey = fields.required("public_key", IdentityKey::parsePem);
    Field<EncryptionIv> iv = fields.required("encryption_iv", EncryptionIv::new);
    Field<Optional<KdfParameters>> kdf = fields.optionalObject("kdf", AccountForms::kdf);
    Field<Optional<byte[]>> encryptionKey = fields.optional("encryption_key", EncryptionKey::parse);
    Field<Optional<Signature>> encryptionKeySignature =
        fields.optional("encryption_key_signature", AccountForms::signature);
    if (fields.has("encryption_key") != fields.has("encryption_key_signature")) {
      fields.fault("encryption_key", "Comes together with encryption_key_signature");
    }
    fields.requireNoFault();
    return new Registration(
        new Profile(
            username.get(),
            email.get(),
            publicKey.get(),
            iv.get(),
            kdf.get().orElse(KdfParameters.ORIGINAL),
            encryptionKey
                .get()
                .map(key -> EncryptionKey.of(key, encryptionKeySignature.get().orElseThrow()))),
        passwordHash.get(),
        privateKey.get());
  }

  private static Signature signature(String hex) {
    return Signature.parseHex(hex)
        .orElseThrow(() -> new InvalidValueException("Must be 128 hex digits"));
  }

  private static KdfParameters kdf(JsonObject kdf) {
    if (!kdf.string("algorithm").equals(Optional.of(KdfParameters.ALGORITHM))) {
      throw new InvalidValueException("KDF algorithm must be argon2id");
    }
    return new KdfParameters(
        parameter(kdf, "memory_kib"), parameter(kdf, "iterations"), parameter(kdf, "parallelism"));
  }

  private static int parameter(JsonObject kdf, String name) {
    return kdf.integer(name)
        .filter(value -> value >= 0 && value <= Integer.MAX_VALUE)
        .map(Long::intValue)
        .orElseThrow(() -> new InvalidValueException("KDF needs a valid " + name));
  }

  static TotpCode totpCode(JsonObject data) {
    return new FieldReader(data).required("totp_code", TotpCode::parse).get();
  }

  /** What {@code login} is given. Of names and of second factors exactly one each. */
  static LoginForm login(JsonObject data) {
    FieldReader fields = new FieldReader(data);
    Field<AccountName> name =
        fields.has("email") && !fields.has("username")
            ? fields.required("email", text -> AccountName.of(new EmailAddress(text)))
            : fields.required("username", text -> AccountName.of(new Username(text)));
    if (fields.has("email") && fields.has("username")) {
      fields.fault("email", "Give either username or email");
    }
    Field<PasswordHash> passwordHash = fields.required("password_hash", PasswordHash::presented);
    Field<TotpCode> code = fields.required("totp_code", TotpCode::parse);
    for (String other : List.of("recovery_code", "login_ticket")) {
      if (fields.has(other)) {
        fields.fault(other, "Is not taken yet: sign in with totp_code");
      }
    }
    fields.requireNoFault();
    return new LoginForm(name.get(), passwordHash.get(), code.get());
  }
}
