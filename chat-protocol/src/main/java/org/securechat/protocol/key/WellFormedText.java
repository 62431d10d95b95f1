package org.securechat.protocol.key;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import org.securechat.domain.rejection.InvalidValueException;

/** Text as every client must see it, whatever keyboard it was typed on: Unicode NFC, in UTF-8. */
final class WellFormedText {
  private WellFormedText() {}

  /**
   * Normalizes.
   *
   * @throws InvalidValueException if the text is ill-formed: it has half of a surrogate pair
   */
  static String normalize(CharSequence text) {
    utf8(text.toString());
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  static byte[] utf8(String text) {
    try {
      ByteBuffer encoded =
          StandardCharsets.UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new InvalidValueException("The text is no well-formed Unicode");
    }
  }
}
