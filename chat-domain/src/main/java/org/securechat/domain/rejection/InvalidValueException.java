package org.securechat.domain.rejection;

/**
 * A value breaks its type's rule. Values throw it at the first fault and don't know the name of the
 * field they came from; whoever reads a form collects one per field.
 */
public final class InvalidValueException extends RuntimeException {

  /**
   * Says which rule is broken.
   *
   * @param sentence which rule is broken, for people; never contains the value
   */
  public InvalidValueException(String sentence) {
    super(sentence, null, false, false);
  }

  /** The rule that is broken. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
