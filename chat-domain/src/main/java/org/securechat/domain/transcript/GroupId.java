package org.securechat.domain.transcript;

import java.util.HexFormat;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * Names a conversation wherever something is signed. Its creator draws it, not the server, which
 * could give two conversations one name otherwise.
 *
 * @param value 64 hex digits in lower case
 */
public record GroupId(String value) {
  /** Bytes that the digits stand for. */
  public static final int LENGTH = 32;

  public GroupId {
    if (value.length() != 2 * LENGTH || !LowerHex.isAll(value)) {
      throw new InvalidValueException("Group id must be 64 hex digits in lower case");
    }
  }

  /** Draws a new id, which nobody else has. */
  public static GroupId random(RandomSource random) {
    return new GroupId(HexFormat.of().formatHex(random.bytes(LENGTH)));
  }
}
