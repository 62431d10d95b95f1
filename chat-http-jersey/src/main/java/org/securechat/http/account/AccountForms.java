package org.securechat.http.account;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.securechat.domain.account.AccountName;
import org.securechat.domain.account.ClosingForm;
import org.securechat.domain.account.EncryptedPrivateKey;
import org.securechat.domain.account.EncryptionIv;
import org.securechat.domain.account.EncryptionKey;
import org.securechat.domain.account.KdfParameters;
import org.securechat.domain.account.LoginForm;
import org.securechat.domain.account.PasswordForm;
import org.securechat.domain.account.Profile;
import org.securechat.domain.account.Registration;
import org.securechat.domain.account.RegistrationForm;
import org.securechat.domain.account.ResetForm;
import org.securechat.domain.credential.LoginTicket;
import org.securechat.domain.credential.PasswordHash;
import org.securechat.domain.credential.PresentedFactor;
import org.securechat.domain.credential.RecoveryCode;
import org.securechat.domain.credential.TotpCode;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.http.call.FieldReader;
import org.securechat.http.call.FieldReader.Field;
import org.securechat.http.call.HexText;
import org.securechat.http.json.JsonObject;

/** Reads the data of account requests into values. */
final class AccountForms {
  private static final String TOTP_CODE = "totp_code";

  private static final Map<String, Function<String, PresentedFactor>> FACTORS_WITHOUT_TICKET =
      new TreeMap<>(
          Map.of(
              TOTP_CODE,
              text -> new PresentedFactor.Totp(TotpCode.parse(text)),
              "recovery_code",
              text -> new PresentedFactor.Recovery(RecoveryCode.presented(text))));

  private static final Map<String, Function<String, PresentedFactor>> ALL_FACTORS =
      new TreeMap<>(FACTORS_WITHOUT_TICKET);

  static {
    ALL_FACTORS.put(
        "login_ticket", text -> new PresentedFactor.Ticket(LoginTicket.presented(text)));
  }

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
    Field<EncryptedPrivateKey> privateKey = encryptedPrivateKey(fields);
    Field<IdentityKey> publicKey = fields.required("public_key", IdentityKey::parsePem);
    Field<EncryptionIv> iv = fields.required("encryption_iv", EncryptionIv::new);
    Field<Optional<KdfParameters>> kdf = fields.optionalObject("kdf", AccountForms::kdf);
    Field<Optional<byte[]>> encryptionKey = fields.optional("encryption_key", EncryptionKey::parse);
    Field<Optional<Signature>> encryptionKeySignature =
        fields.optional("encryption_key_signature", HexText::signature);
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

  private static Field<EncryptedPrivateKey> encryptedPrivateKey(FieldReader fields) {
    return fields.required(
        "encrypted_private_key", text -> EncryptedPrivateKey.copyOf(Base64Text.decode(text)));
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
    return new FieldReader(data).required(TOTP_CODE, TotpCode::parse).get();
  }

  /** What {@code login} is given. Of names and of second factors exactly one each. */
  static LoginForm login(JsonObject data) {
    return login(data, ALL_FACTORS);
  }

  /** What {@code login/key} is given: the same without a ticket, which it is there to give out. */
  static LoginForm keylessLogin(JsonObject data) {
    return login(data, FACTORS_WITHOUT_TICKET);
  }

  private static LoginForm login(
      JsonObject data, Map<String, Function<String, PresentedFactor>> factors) {
    FieldReader fields = new FieldReader(data);
    Field<AccountName> name = accountName(fields);
    Field<PasswordHash> passwordHash = fields.required("password_hash", PasswordHash::presented);
    Field<PresentedFactor> factor = factor(fields, factors);
    fields.requireNoFault();
    return new LoginForm(name.get(), passwordHash.get(), factor.get());
  }

  private static Field<PresentedFactor> factor(
      FieldReader fields, Map<String, Function<String, PresentedFactor>> factors) {
    List<String> given = factors.keySet().stream().filter(fields::has).toList();
    given.stream()
        .skip(1)
        .forEach(other -> fields.fault(other, "Give only one of " + String.join(", ", given)));
    String name = given.isEmpty() ? TOTP_CODE : given.get(0);
    return fields.required(name, Objects.requireNonNull(factors.get(name)));
  }

  /** What {@code login/params} is given: exactly one name. */
  static AccountName accountName(JsonObject data) {
    return accountName(new FieldReader(data)).get();
  }

  private static Field<AccountName> accountName(FieldReader fields) {
    Field<AccountName> name =
        fields.has("email") && !fields.has("username")
            ? fields.required("email", text -> AccountName.of(new EmailAddress(text)))
            : fields.required("username", text -> AccountName.of(new Username(text)));
    return fields.has("email") && fields.has("username")
        ? fields.fault("email", "Give either username or email")
        : name;
  }

  /** What {@code password} is given. */
  static PasswordForm password(JsonObject data) {
    FieldReader fields = new FieldReader(data);
    Field<PasswordHash> current = fields.required("current_password_hash", PasswordHash::presented);
    Field<TotpCode> code = fields.required(TOTP_CODE, TotpCode::parse);
    Field<PasswordHash> passwordHash = fields.required("password_hash", PasswordHash::parse);
    Field<EncryptedPrivateKey> privateKey = encryptedPrivateKey(fields);
    Field<EncryptionIv> iv = fields.required("encryption_iv", EncryptionIv::new);
    Field<Optional<KdfParameters>> kdf = fields.optionalObject("kdf", AccountForms::kdf);
    fields.requireNoFault();
    return new PasswordForm(
        current.get(),
        code.get(),
        passwordHash.get(),
        privateKey.get(),
        iv.get(),
        kdf.get().orElse(KdfParameters.ORIGINAL));
  }

  /**
   * What {@code 2fa/reset} is given.
   *
   * @param codeWanted whether the code of the old secret must be there
   */
  static ResetForm reset(JsonObject data, boolean codeWanted) {
    FieldReader fields = new FieldReader(data);
    Field<PasswordHash> passwordHash = fields.required("password_hash", PasswordHash::presented);
    Field<Optional<TotpCode>> code =
        codeWanted
            ? fields.required(TOTP_CODE, text -> Optional.of(TotpCode.parse(text)))
            : fields.optional(TOTP_CODE, TotpCode::parse);
    fields.requireNoFault();
    return new ResetForm(passwordHash.get(), code.get());
  }

  /** What {@code me/delete} is given. */
  static ClosingForm closing(JsonObject data) {
    FieldReader fields = new FieldReader(data);
    Field<PasswordHash> passwordHash = fields.required("password_hash", PasswordHash::presented);
    Field<TotpCode> code = fields.required(TOTP_CODE, TotpCode::parse);
    fields.requireNoFault();
    return new ClosingForm(passwordHash.get(), code.get());
  }

  /** What {@code me/encryption-key} is given. */
  static EncryptionKey encryptionKey(JsonObject data) {
    FieldReader fields = new FieldReader(data);
    Field<byte[]> key = fields.required("encryption_key", EncryptionKey::parse);
    Field<Signature> signature = fields.required("encryption_key_signature", HexText::signature);
    fields.requireNoFault();
    return EncryptionKey.of(key.get(), signature.get());
  }
}
