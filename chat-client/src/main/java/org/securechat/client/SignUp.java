package org.securechat.client;

import java.util.Optional;
import org.securechat.client.failure.ChangedIdentityException;
import org.securechat.client.http.Answer;
import org.securechat.client.http.Call;
import org.securechat.client.http.HttpApi;
import org.securechat.client.http.JsonObject;
import org.securechat.client.http.SessionCookie;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Username;

/**
 * A registration that waits for the first code of its second factor; the server forgets it soon.
 */
public final class SignUp {
  private final HttpApi api;
  private final RandomSource random;
  private final Device device;
  private final Username username;
  private final SessionCookie cookie;
  private final SecondFactorSecret secret;

  SignUp(HttpApi api, RandomSource random, Device device, Username username, Answer begun) {
    this.api = api;
    this.random = random;
    this.device = device;
    this.username = username;
    this.cookie = ChatSession.cookie(begun);
    this.secret = SecondFactorSecret.read(begun.json());
  }

  /** What goes into the authenticator. */
  public SecondFactorSecret secret() {
    return secret;
  }

  /**
   * Completes the registration. A wrong code may be tried again, a few times.
   *
   * @param totpCode the six digits that the authenticator shows now
   * @throws ChangedIdentityException if the server's account has another name, or lacks the
   *     encryption key
   */
  public SignedUp confirm(String totpCode) {
    Answer answer =
        api.send(
            Call.post("/api/register/verify-2fa", Wire.totpCode(totpCode)),
            device.identity(),
            Optional.of(cookie));
    JsonObject json = answer.json();
    OwnAccount account = OwnAccount.read(json.object("user"), device);
    if (!account.username().equals(username) || account.encryptionKey().isEmpty()) {
      throw new ChangedIdentityException(
          "The server registered another account than it was asked for");
    }
    ChatSession session =
        new ChatSession(api, random, device, ChatSession.cookie(answer), KnownAccount.of(account));
    return new SignedUp(session, RecoveryCodes.read(json));
  }

  @Override
  public String toString() {
    return "SignUp[" + device.identity().publicKey() + "]";
  }
}
