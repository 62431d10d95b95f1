package org.securechat.client;

import java.util.Optional;
import org.securechat.client.http.Answer;
import org.securechat.client.http.Call;
import org.securechat.client.http.HttpApi;
import org.securechat.client.http.JsonObject;
import org.securechat.client.http.SessionCookie;
import org.securechat.domain.identity.RandomSource;

/**
 * A registration that waits for the first code of its second factor; the server forgets it soon.
 */
public final class SignUp {
  private final HttpApi api;
  private final RandomSource random;
  private final Device device;
  private final SessionCookie cookie;
  private final SecondFactorSecret secret;

  SignUp(HttpApi api, RandomSource random, Device device, SessionCookie cookie, JsonObject answer) {
    this.api = api;
    this.random = random;
    this.device = device;
    this.cookie = cookie;
    this.secret = SecondFactorSecret.read(answer);
  }

  /** What goes into the authenticator. */
  public SecondFactorSecret secret() {
    return secret;
  }

  /**
   * Completes the registration. A wrong code may be tried again, a few times.
   *
   * @param totpCode the six digits that the authenticator shows now
   */
  public SignedUp confirm(String totpCode) {
    Answer answer =
        api.send(
            Call.post("/api/register/verify-2fa", Wire.totpCode(totpCode)),
            device.identity(),
            Optional.of(cookie));
    ChatSession session = new ChatSession(api, random, device, ChatSession.cookie(answer));
    JsonObject json = answer.json();
    session.read(json.object("user"));
    return new SignedUp(session, RecoveryCodes.read(json));
  }

  @Override
  public String toString() {
    return "SignUp[" + device.identity().publicKey() + "]";
  }
}
