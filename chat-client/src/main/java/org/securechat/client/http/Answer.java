package org.securechat.client.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a server answered that did what it was asked. */
public final class Answer {
  private final byte[] body;
  private final @Nullable SessionCookie cookie;

  Answer(byte[] body, @Nullable SessionCookie cookie) {
    this.body = body;
    this.cookie = cookie;
  }

  /**
   * The body.
   *
   * @throws org.securechat.client.failure.UntrustedAnswerException if it is no JSON object
   */
  public JsonObject json() {
    return JsonObject.parse(body);
  }

  /** The body as it came, an array of its own. */
  public byte[] bytes() {
    return body.clone();
  }

  /** The session's new cookie, where there is one. */
  public Optional<SessionCookie> cookie() {
    return Optional.ofNullable(cookie);
  }

  @Override
  public String toString() {
    return "Answer[" + body.length + " bytes]";
  }
}
