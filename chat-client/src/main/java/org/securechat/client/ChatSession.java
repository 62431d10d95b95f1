package org.securechat.client;

import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.client.http.Answer;
import org.securechat.client.http.Call;
import org.securechat.client.http.HttpApi;
import org.securechat.client.http.JsonMembers;
import org.securechat.client.http.JsonObject;
import org.securechat.client.http.SessionCalls;
import org.securechat.client.http.SessionCookie;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Username;
import org.securechat.protocol.key.Password;
import org.securechat.protocol.key.PasswordKdf;
import org.securechat.protocol.key.PasswordKeys;

/**
 * A signed-in account on this device. Safe for use by many threads; a call that runs while the
 * server renews the session, at the end of a second factor's reset, may be refused as not
 * authenticated.
 *
 * <p>Methods throw a {@link org.securechat.client.failure.ChatException} when they fail. Those that
 * take a password stretch it, which takes some 64 MiB and half a second.
 */
public final class ChatSession {
  private static final int MAX_EXPORT_BYTES = 256 << 20;

  private final HttpApi api;
  private final RandomSource random;
  private volatile Device device;
  private volatile SessionCookie cookie;
  private volatile KnownAccount account;

  ChatSession(
      HttpApi api, RandomSource random, Device device, SessionCookie cookie, KnownAccount account) {
    this.api = api;
    this.random = random;
    this.device = device;
    this.cookie = cookie;
    this.account = account;
  }

  /** The session that an answer opened. */
  static SessionCookie cookie(Answer answer) {
    return answer
        .cookie()
        .orElseThrow(() -> new UntrustedAnswerException("The answer opens no session"));
  }

  /** What it takes to go on with this session later; changes when the server renews it. */
  public SavedSession saved() {
    Device known = device;
    return new SavedSession(known.email(), known.kdf(), known.identity(), cookie, account);
  }

  /** The identity that signs here. */
  public IdentityKey publicKey() {
    return device.identity().publicKey();
  }

  /** The account as the server has it now. */
  public OwnAccount me() {
    KnownAccount before = account;
    return read(before, post("/api/me", JsonMembers.NONE).json());
  }

  /** Every session of the account. */
  public List<SessionInfo> sessions() {
    return send(Call.get("/api/sessions")).json().objects("sessions").stream()
        .map(SessionInfo::read)
        .toList();
  }

  /** Ends a session, on whichever device it is; it may be this one. */
  public void endSession(SessionId session) {
    send(Call.delete("/api/sessions/" + session.value()));
  }

  /**
   * Changes the password. The private key is wrapped anew; every other session ends.
   *
   * @param totpCode the six digits that the authenticator shows now
   */
  public void changePassword(Password current, String totpCode, Password next) {
    Device known = device;
    PasswordKdf kdf = PasswordKdf.STANDARD;
    PasswordKeys keys = known.with(kdf).keys(next);
    post(
        "/api/password",
        Wire.passwordHash("current_password_hash", known.keys(current).loginHash())
            .and(Wire.totpCode(totpCode))
            .and(Wire.passwordHash("password_hash", keys.loginHash()))
            .and(Wire.privateKey(keys.wrappingKey().wrap(known.identity(), random), kdf)));
    device = known.with(kdf);
  }

  /**
   * Begins a new second factor, in a session that was opened by a recovery code; {@code
   * second_factor_reset_required} is what everything else answers there.
   */
  public SecondFactorReset resetSecondFactor(Password password) {
    return beginReset(password, JsonMembers.NONE);
  }

  /**
   * Begins a new second factor while the old one still works.
   *
   * @param totpCode the six digits that the old one shows now
   */
  public SecondFactorReset resetSecondFactor(Password password, String totpCode) {
    return beginReset(password, Wire.totpCode(totpCode));
  }

  private SecondFactorReset beginReset(Password password, JsonMembers more) {
    JsonMembers hash = Wire.passwordHash("password_hash", device.keys(password).loginHash());
    return new SecondFactorReset(this, post("/api/2fa/reset", hash.and(more)).json());
  }

  RecoveryCodes confirmReset(String totpCode) {
    KnownAccount before = account;
    JsonObject json = post("/api/2fa/reset/verify", Wire.totpCode(totpCode)).json();
    read(before, json.object("user"));
    return RecoveryCodes.read(json);
  }

  /**
   * Publishes this identity's encryption key, where the account has none yet; does nothing where it
   * has it.
   */
  public OwnAccount publishEncryptionKey() {
    KnownAccount before = account;
    JsonMembers key = Wire.encryptionKey(device.identity().publishEncryptionKey());
    return read(before, post("/api/me/encryption-key", key).json());
  }

  /** Another user, by the whole name. */
  public User user(Username name) {
    User user = User.read(send(Call.get("/api/users/" + name.value())).json());
    if (!user.username().canonical().equals(name.canonical())) {
      throw new UntrustedAnswerException("The server answers for another user");
    }
    return user;
  }

  /** Keeps somebody from starting a conversation with this account or adding it to one. */
  public void block(Username name) {
    post("/api/users/" + name.value() + "/block", JsonMembers.NONE);
  }

  /** Takes a block back. */
  public void unblock(Username name) {
    post("/api/users/" + name.value() + "/unblock", JsonMembers.NONE);
  }

  /** Who is blocked. */
  public List<BlockedUser> blocks() {
    return send(Call.get("/api/blocks")).json().objects("blocks").stream()
        .map(BlockedUser::read)
        .toList();
  }

  /** Everything that the server holds about the user: one JSON document in UTF-8. */
  public byte[] export() {
    Answer answer =
        api.send(
            Call.get("/api/me/export"), device.identity(), Optional.of(cookie), MAX_EXPORT_BYTES);
    return answer.bytes();
  }

  /**
   * Deletes the account, for good, and with it this session.
   *
   * @param totpCode the six digits that the authenticator shows now
   */
  public void delete(Password password, String totpCode) {
    post(
        "/api/me/delete",
        Wire.passwordHash("password_hash", device.keys(password).loginHash())
            .and(Wire.totpCode(totpCode)));
  }

  /** Ends this session. */
  public void logOut() {
    post("/api/logout", JsonMembers.NONE);
  }

  /** Compared with what was known when the request was sent: answers may overtake each other. */
  private OwnAccount read(KnownAccount before, JsonObject user) {
    OwnAccount read = OwnAccount.read(user, device);
    account = before.after(read);
    return read;
  }

  /** Sends calls of other subjects in this session, whatever its cookie is by then. */
  public SessionCalls calls() {
    return new CallsInSession();
  }

  /** This device's clock, set right by the server's where that differs. */
  public Clock clock() {
    return api.clock();
  }

  /** Calls that go on with the cookie as it is renewed. */
  private final class CallsInSession implements SessionCalls {
    @Override
    public Answer send(Call call) {
      return ChatSession.this.send(call);
    }

    @Override
    public InputStream download(Call call, long maxBytes) {
      return api.download(call, device.identity(), Optional.of(cookie), maxBytes);
    }
  }

  private Answer post(String path, JsonMembers data) {
    return send(Call.post(path, data));
  }

  private Answer send(Call call) {
    Answer answer = api.send(call, device.identity(), Optional.of(cookie));
    answer.cookie().ifPresent(renewed -> cookie = renewed);
    return answer;
  }

  @Override
  public String toString() {
    return "ChatSession[" + publicKey() + "]";
  }
}
