package org.securechat.http.call;

import java.util.function.LongFunction;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.http.answer.Problem;
import org.securechat.http.answer.ProblemException;

/** Ids in paths. What can't be one is nobody's, and answered like an unknown one. */
public final class PathIds {
  private PathIds() {}

  /**
   * Reads an id in its one decimal spelling.
   *
   * @param id refuses what is out of its range
   * @throws ProblemException with 404
   */
  public static <T> T read(String segment, LongFunction<T> id) {
    try {
      return id.apply(DecimalText.parse(segment).orElseThrow(PathIds::notFound));
    } catch (InvalidValueException e) {
      throw notFound();
    }
  }

  private static ProblemException notFound() {
    return new ProblemException(Problem.ofStatus(404));
  }
}
