package org.securechat.client;

import java.util.regex.Pattern;
import org.securechat.client.http.JsonObject;
import org.securechat.domain.rejection.InvalidValueException;

/** The secret of a new second factor, to be put into an authenticator and then forgotten. */
public final class SecondFactorSecret {
  private static final Pattern BASE32 = Pattern.compile("[A-Z2-7]{16,128}");
  private static final Pattern URI = Pattern.compile("otpauth://totp/[!-~]{1,1000}");

  private final String base32;
  private final String provisioningUri;
  private final String qrCode;

  private SecondFactorSecret(String base32, String provisioningUri, String qrCode) {
    this.base32 = base32;
    this.provisioningUri = provisioningUri;
    this.qrCode = qrCode;
  }

  static SecondFactorSecret read(JsonObject answer) {
    return new SecondFactorSecret(
        answer.text("secret", text -> fitting(BASE32, text)),
        answer.text("provisioning_uri", text -> fitting(URI, text)),
        answer.text("qr_code"));
  }

  /** These two are shown to people, so nothing may stand there that drives a terminal. */
  private static String fitting(Pattern form, String text) {
    if (!form.matcher(text).matches()) {
      throw new InvalidValueException("Not the form of a second factor's secret");
    }
    return text;
  }

  /** The secret in base32, to be typed in by hand. */
  public String secretText() {
    return base32;
  }

  /** The {@code otpauth:} URI; as a QR code, an authenticator reads it with its camera. */
  public String provisioningUri() {
    return provisioningUri;
  }

  /** That QR code as a PNG in a {@code data:} URI, drawn by the server. */
  public String qrCode() {
    return qrCode;
  }

  @Override
  public String toString() {
    return "SecondFactorSecret[secret]";
  }
}
