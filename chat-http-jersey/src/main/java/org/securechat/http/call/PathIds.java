package org.securechat.http.call;

import java.util.function.LongFunction;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;

/** Ids in paths. What can't be one is nobody's, and answered like an unknown one. */
public final class PathIds {
  private PathIds() {}

  /**
   * Reads an id in its one decimal spelling.
   *
   * @param id refuses what is out of its range
   * @throws RejectedException with NOT_FOUND
   */
  public static <T> T read(String segment, LongFunction<T> id) {
    try {
      return id.apply(
          DecimalText.parse(segment).orElseThrow(() -> RejectedException.of(Rejection.NOT_FOUND)));
    } catch (InvalidValueException e) {
      throw RejectedException.of(Rejection.NOT_FOUND);
    }
  }
}
