package org.securechat.client.http;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * The value of the cookie {@code secure_chat_session}. With the identity key it is a signed-in
 * device; alone it does nothing, and is a secret nevertheless.
 */
public final class SessionCookie {
  static final String NAME = "secure_chat_session";

  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_.~+/=-]{1,256}");

  private final String value;

  private SessionCookie(String value) {
    this.value = value;
  }

  /**
   * Takes a value that was kept.
   *
   * @throws InvalidValueException for what can't be a cookie's value
   */
  public static SessionCookie of(String value) {
    if (!VALUE.matcher(value).matches()) {
      throw new InvalidValueException("This is no value of a session cookie");
    }
    return new SessionCookie(value);
  }

  /** The cookie that a {@code Set-Cookie} header hands out; empty for any other, or an end. */
  static Optional<SessionCookie> read(String setCookie) {
    String pair = setCookie.split(";", 2)[0].strip();
    String value = pair.startsWith(NAME + "=") ? pair.substring(NAME.length() + 1) : "";
    return VALUE.matcher(value).matches()
        ? Optional.of(new SessionCookie(value))
        : Optional.empty();
  }

  /** The value, to keep under a lock or to send. */
  public String secretText() {
    return value;
  }

  String header() {
    return NAME + "=" + value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SessionCookie that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "SessionCookie[secret]";
  }
}
