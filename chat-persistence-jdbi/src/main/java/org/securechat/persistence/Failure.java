package org.securechat.persistence;

import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Describes a failure of the database for the log, by types, codes and places only. */
final class Failure {
  private static final int FRAMES = 12;
  private static final int CAUSES = 5;

  private Failure() {}

  /**
   * The types of the exception and its causes, with SQLSTATE, the database's own code and the first
   * frames of each; no messages but our own, because those of databases quote rows, and so what a
   * user sent.
   */
  static String describe(Throwable thrown) {
    return Stream.iterate(thrown, each -> each != null, Throwable::getCause)
        .limit(CAUSES)
        .map(each -> each.getClass().getName() + detail(each) + frames(each))
        .collect(Collectors.joining("; caused by "));
  }

  private static String detail(Throwable thrown) {
    if (thrown instanceof SQLException failure) {
      return " (SQLSTATE " + failure.getSQLState() + ", code " + failure.getErrorCode() + ")";
    }
    return thrown instanceof DatabaseException ? " (" + thrown.getMessage() + ")" : "";
  }

  private static String frames(Throwable thrown) {
    return Stream.of(thrown.getStackTrace())
        .limit(FRAMES)
        .map(frame -> " at " + frame)
        .collect(Collectors.joining());
  }
}
