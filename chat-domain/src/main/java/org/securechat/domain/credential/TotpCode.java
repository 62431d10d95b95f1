package org.securechat.domain.credential;

import java.util.regex.Pattern;
import org.securechat.domain.rejection.InvalidValueException;

/** A code as somebody typed it: six digits. */
public final class TotpCode {
  private static final Pattern SHAPE = Pattern.compile("[0-9]{6}");

  private final String digits;

  private TotpCode(String digits) {
    this.digits = digits;
  }

  public static TotpCode parse(String digits) {
    if (!SHAPE.matcher(digits).matches()) {
      throw new InvalidValueException("Code must be 6 digits");
    }
    return new TotpCode(digits);
  }

  /** The digits, for {@link TotpCodes} alone. */
  public String secretText() {
    return digits;
  }

  @Override
  public String toString() {
    return "TotpCode[secret]";
  }
}
