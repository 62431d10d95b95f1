package org.securechat.domain.credential;

import java.util.regex.Pattern;
import org.securechat.domain.rejection.InvalidValueException;

/** A TOTP secret (RFC 6238): 20 random bytes in base32 (RFC 4648), 32 characters. */
public final class TotpSecret {
  private static final Pattern SHAPE = Pattern.compile("[A-Z2-7]{32}");

  private final String base32;

  private TotpSecret(String base32) {
    this.base32 = base32;
  }

  public static TotpSecret parse(String base32) {
    if (!SHAPE.matcher(base32).matches()) {
      throw new InvalidValueException("A TOTP secret has 32 base32 characters");
    }
    return new TotpSecret(base32);
  }

  /** The secret's text, to show its owner once and to compute codes with. */
  public String secretText() {
    return base32;
  }

  @Override
  public String toString() {
    return "TotpSecret[secret]";
  }
}
