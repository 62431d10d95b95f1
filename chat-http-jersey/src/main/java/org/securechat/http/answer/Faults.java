package org.securechat.http.answer;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Describes an unexpected exception for the log, by types and places only. */
final class Faults {
  private static final int FRAMES = 12;
  private static final int CAUSES = 5;

  private Faults() {}

  /**
   * The types of the exception and its causes with the first frames of each; no messages, because
   * those of drivers and parsers quote what they were given.
   */
  static String describe(Throwable thrown) {
    return Stream.iterate(thrown, each -> each != null, Throwable::getCause)
        .limit(CAUSES)
        .map(each ->
            each.getClass().getName()
                + Stream.of(each.getStackTrace())
                    .limit(FRAMES)
                    .map(frame -> " at " + frame)
                    .collect(Collectors.joining()))
        .collect(Collectors.joining("; caused by "));
  }
}
