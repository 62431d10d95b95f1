package org.securechat.domain.request;

import org.jspecify.annotations.Nullable;

/**
 * The parts of a signed envelope as they were received, before any of them is judged.
 *
 * @param signature the string member {@code signature}; for a value of another type its JSON text,
 *     which no signature looks like; null when there is none
 * @param timestamp the JSON text of the member {@code timestamp}; null when there is none
 * @param data the JSON text of the object {@code data} in UTF-8, without insignificant white space
 *     and otherwise exactly as received; null when there is no such object
 * @param context {@code data._ctx}; null when there is none
 */
public record Envelope(
    @Nullable String signature,
    @Nullable String timestamp,
    @Nullable DataText data,
    @Nullable RequestContext context) {

  /**
   * The received characters of {@code data}; a type of its own because a record compares arrays by
   * identity.
   */
  public static final class DataText {
    private final byte[] utf8;

    private DataText(byte[] utf8) {
      this.utf8 = utf8;
    }

    /** Takes the array itself, without a copy: the caller gives it away. */
    public static DataText wrap(byte[] utf8) {
      return new DataText(utf8);
    }

    byte[] utf8() {
      return utf8;
    }

    /** Names the size only: data holds secrets. */
    @Override
    public String toString() {
      return "DataText[" + utf8.length + " bytes]";
    }
  }
}
