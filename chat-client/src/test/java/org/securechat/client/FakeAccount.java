package org.securechat.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.securechat.client.FakeServer.Reply;
import org.securechat.client.FakeServer.Request;
import org.securechat.client.FakeServer.Script;
import org.securechat.client.http.JsonObject;
import org.securechat.domain.identity.IdentityKey;

/**
 * One account behind a {@link FakeServer}: knows what was registered, checks every signature,
 * cookie, password hash and code, and forgets nothing.
 */
public final class FakeAccount {
  public static final String CODE = "123456";
  public static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
  public static final List<String> RECOVERY_CODES =
      List.of("aaaa-bbbb-cccc-dddd", "eeee-ffff-gggg-hhhh");

  private @Nullable JsonObject registered;
  private String passwordHash = "";
  private String encryptedPrivateKey = "";
  private String encryptionIv = "";
  private String kdf = "";
  private @Nullable String cookie;
  private boolean resetRequired;
  private @Nullable String ticket;
  private @Nullable IdentityKey claimed;
  private @Nullable String name;
  private int cookies;
  private final List<String> blocked = new ArrayList<>();

  public FakeAccount(FakeServer server) {
    server.on("POST /api/register", this::register);
    server.on("POST /api/register/verify-2fa", signed(this::confirm));
    server.on("POST /api/login/params", request -> Reply.json(200, "{\"kdf\":" + kdf + "}"));
    server.on("POST /api/login/key", this::loginKey);
    server.on("POST /api/login", this::login);
    server.on("POST /api/logout", full(request -> signOut()));
    server.on("POST /api/me", signed(request -> Reply.json(200, user())));
    server.on("GET /api/sessions", full(request -> sessions()));
    server.on("POST /api/password", full(this::changePassword));
    server.on("POST /api/2fa/reset", signed(this::beginReset));
    server.on("POST /api/2fa/reset/verify", signed(this::confirmReset));
    server.on("POST /api/me/encryption-key", full(request -> Reply.json(200, user())));
    server.on(
        "GET /api/me/export", full(request -> Reply.json(200, "{\"account\":" + user() + "}")));
    server.on("POST /api/me/delete", full(this::delete));
    server.on("GET /api/users/alice", full(request -> Reply.json(200, user())));
    server.on("POST /api/users/Bob/block", full(request -> block("Bob", true)));
    server.on("POST /api/users/Bob/unblock", full(request -> block("Bob", false)));
    server.on("GET /api/blocks", full(request -> blocks()));
    server.on("DELETE /api/sessions/other-1", full(request -> message()));
  }

  private Script full(Script script) {
    return signed(request ->
        resetRequired
            ? Reply.refusal(403, "second_factor_reset_required")
            : script.answer(request));
  }

  private Script signed(Script script) {
    return request -> {
      String sent = request.header("Cookie").orElse("");
      if (cookie == null || !sent.equals("secure_chat_session=" + cookie)) {
        return Reply.refusal(401, "not_authenticated");
      }
      request.verify(key());
      return script.answer(request);
    };
  }

  private IdentityKey key() {
    return IdentityKey.parsePem(known().text("public_key"));
  }

  private JsonObject known() {
    if (registered == null) {
      throw new AssertionError("nobody has registered");
    }
    return registered;
  }

  private static JsonObject data(Request request) {
    return JsonObject.parse(request.data().getBytes(UTF_8));
  }

  private Reply register(Request request) throws Exception {
    JsonObject data = data(request);
    request.verify(IdentityKey.parsePem(data.text("public_key")));
    registered = data;
    keep(data);
    return Reply.json(200, begun()).withCookie(newCookie());
  }

  private void keep(JsonObject data) {
    passwordHash = data.text("password_hash");
    encryptedPrivateKey = data.text("encrypted_private_key");
    encryptionIv = data.text("encryption_iv");
    JsonObject sent = data.object("kdf");
    kdf =
        "{\"algorithm\":\"%s\",\"memory_kib\":%s,\"iterations\":%s,\"parallelism\":%s}"
            .formatted(
                sent.text("algorithm"),
                sent.number("memory_kib"),
                sent.number("iterations"),
                sent.number("parallelism"));
  }

  private static String begun() {
    return "{\"message\":\"m\",\"qr_code\":\"data:image/png;base64,\",\"secret\":\"%s\",\"provisioning_uri\":\"otpauth://totp/Secure%%20Chat:alice?secret=%s&issuer=Secure%%20Chat\"}"
        .formatted(SECRET, SECRET);
  }

  private Reply confirm(Request request) {
    return data(request).text("totp_code").equals(CODE)
        ? Reply.json(201, confirmed()).withCookie(newCookie())
        : Reply.refusal(401, "invalid_totp");
  }

  private String confirmed() {
    return "{\"message\":\"m\",\"user\":%s,\"recovery_codes\":[\"%s\"]}"
        .formatted(user(), String.join("\",\"", RECOVERY_CODES));
  }

  private Reply loginKey(Request request) {
    JsonObject data = JsonObject.parse(request.body().getBytes(UTF_8));
    Optional<String> recovery = data.optionalText("recovery_code");
    if (!data.text("password_hash").equals(passwordHash)
        || !secondFactorFits(data.optionalText("totp_code"), recovery)) {
      return Reply.refusal(401, "invalid_credentials");
    }
    resetRequired = recovery.isPresent();
    ticket = "ticket-1";
    return Reply.json(
        200,
        "{\"encrypted_private_key\":\"%s\",\"encryption_iv\":\"%s\",\"kdf\":%s,\"public_key\":\"%s\",\"login_ticket\":\"ticket-1\"}"
            .formatted(
                encryptedPrivateKey,
                encryptionIv,
                kdf,
                claimed == null ? pem() : escaped(claimed.toPem())));
  }

  private static boolean secondFactorFits(Optional<String> totp, Optional<String> recovery) {
    return totp.equals(Optional.of(CODE)) || recovery.filter(RECOVERY_CODES::contains).isPresent();
  }

  private Reply login(Request request) throws Exception {
    request.verify(key());
    JsonObject data = data(request);
    Optional<String> given = data.optionalText("login_ticket");
    boolean fits =
        given.isPresent()
            ? given.get().equals(ticket)
            : secondFactorFits(data.optionalText("totp_code"), data.optionalText("recovery_code"));
    if (!fits || !data.text("password_hash").equals(passwordHash)) {
      return Reply.refusal(401, "invalid_credentials");
    }
    ticket = null;
    if (given.isEmpty()) {
      resetRequired = data.optionalText("recovery_code").isPresent();
    }
    return Reply.json(200, "{\"message\":\"m\",\"user\":" + user() + "}").withCookie(newCookie());
  }

  private Reply signOut() {
    cookie = null;
    return message()
        .with("Set-Cookie", "secure_chat_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax");
  }

  private Reply delete(Request request) {
    return secretsFit(request) ? signOut() : Reply.refusal(401, "invalid_credentials");
  }

  private boolean secretsFit(Request request) {
    JsonObject data = data(request);
    return data.text("password_hash").equals(passwordHash) && data.text("totp_code").equals(CODE);
  }

  private Reply changePassword(Request request) {
    JsonObject data = data(request);
    if (!data.text("current_password_hash").equals(passwordHash)
        || !data.text("totp_code").equals(CODE)) {
      return Reply.refusal(401, "invalid_credentials");
    }
    keep(data);
    return message();
  }

  private Reply beginReset(Request request) {
    JsonObject data = data(request);
    boolean fits =
        data.text("password_hash").equals(passwordHash)
            && (resetRequired || data.optionalText("totp_code").equals(Optional.of(CODE)));
    return fits ? Reply.json(200, begun()) : Reply.refusal(401, "invalid_credentials");
  }

  private Reply confirmReset(Request request) {
    if (!data(request).text("totp_code").equals(CODE)) {
      return Reply.refusal(401, "invalid_totp");
    }
    resetRequired = false;
    return Reply.json(200, confirmed()).withCookie(newCookie());
  }

  private static Reply sessions() {
    return Reply.json(
        200,
        "{\"sessions\":["
            + session("this-1", "\"a terminal\"", true)
            + ","
            + session("other-1", "null", false)
            + "]}");
  }

  private static String session(String id, String userAgent, boolean current) {
    return "{\"id\":\"%s\",\"created_at\":\"2026-01-19T12:00:00.000Z\",\"last_used_at\":\"2026-01-19T13:00:00.000Z\",\"user_agent\":%s,\"current\":%b}"
        .formatted(id, userAgent, current);
  }

  private Reply block(String name, boolean block) {
    blocked.remove(name);
    if (block) {
      blocked.add(name);
    }
    return message();
  }

  private Reply blocks() {
    return Reply.json(
        200,
        blocked.isEmpty()
            ? "{\"blocks\":[]}"
            : "{\"blocks\":[{\"user_id\":42,\"username\":\"Bob\",\"created_at\":\"2026-01-19T12:00:00.000Z\"}]}");
  }

  private static Reply message() {
    return Reply.json(200, "{\"message\":\"m\"}");
  }

  private String newCookie() {
    cookie = "cookie-" + ++cookies;
    return cookie;
  }

  /** The user JSON of whoever has registered. */
  String user() {
    return user(known().text("encryption_key"));
  }

  String user(String encryptionKey) {
    return "{\"id\":9007199254740991,\"username\":\"%s\",\"email\":\"%s\",\"created_at\":\"2026-01-19T12:00:00.000Z\",\"public_key\":\"%s\",\"encrypted_private_key\":\"%s\",\"encryption_iv\":\"%s\",\"kdf\":%s,\"encryption_key\":\"%s\",\"encryption_key_signature\":\"%s\",\"requires_2fa_reset\":%b,\"added_later\":{\"x\":[1.5,null]}}"
        .formatted(
            name == null ? known().text("username") : name,
            known().text("email"),
            pem(),
            encryptedPrivateKey,
            encryptionIv,
            kdf,
            encryptionKey,
            known().text("encryption_key_signature"),
            resetRequired);
  }

  private String pem() {
    return escaped(known().text("public_key"));
  }

  private static String escaped(String pem) {
    return pem.replace("\n", "\\n");
  }

  /** From now on, names another key in the account's name to a new device. */
  void claim(IdentityKey key) {
    claimed = key;
  }

  /** From now on, calls the account something else. */
  public void rename(String other) {
    name = other;
  }

  String passwordHash() {
    return passwordHash;
  }

  /** What a server that wants to know the password would answer. */
  public void weaken() {
    kdf = "{\"algorithm\":\"argon2id\",\"memory_kib\":16384,\"iterations\":2,\"parallelism\":1}";
  }
}
