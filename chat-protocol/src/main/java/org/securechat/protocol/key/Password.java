package org.securechat.protocol.key;

import org.jspecify.annotations.Nullable;

/**
 * A password as somebody typed it, in Unicode NFC: so that it is the same one on every keyboard.
 * Never leaves the device.
 */
public final class Password {
  private final String text;

  private Password(String text) {
    this.text = text;
  }

  /**
   * Takes what was typed.
   *
   * @throws org.securechat.domain.rejection.InvalidValueException if it is ill-formed Unicode (half
   *     of a surrogate pair)
   */
  public static Password of(CharSequence typed) {
    return new Password(WellFormedText.normalize(typed));
  }

  byte[] secretBytes() {
    return WellFormedText.utf8(text);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Password that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "Password[secret]";
  }
}
