package org.securechat.client;

import org.securechat.client.http.JsonObject;

/** The secret of a new second factor, to be put into an authenticator and then forgotten. */
public final class SecondFactorSecret {
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
        answer.text("secret"), answer.text("provisioning_uri"), answer.text("qr_code"));
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
