package org.securechat.protocol.export;

import java.util.Optional;
import org.securechat.protocol.conversation.ServerFault;

/** The file is no whole export, and proves nothing. */
public final class ExportRefusedException extends Exception {

  /** What is wrong with it. */
  public enum Reason {
    /** A line is out of form, missing, too long or too many, or the file was changed since. */
    DAMAGED_EXPORT,
    /** A conversation key in it is not the one of its epoch. */
    ANOTHER_KEY,
    /** Whose history it is changes in the middle of it. */
    IDENTITY_CHANGED
  }

  private final Reason reason;
  private final long line;
  private final transient Optional<ServerFault> shows;

  ExportRefusedException(Reason reason, long line, String what) {
    this(reason, line, what, Optional.empty());
  }

  /**
   * A refusal.
   *
   * @param shows what would be a server's fault if the file were whole
   */
  ExportRefusedException(Reason reason, long line, String what, Optional<ServerFault> shows) {
    super("Line " + line + ": " + what + shows.map(fault -> "; " + fault.sentence()).orElse(""));
    this.reason = reason;
    this.line = line;
    this.shows = shows;
  }

  public Reason reason() {
    return reason;
  }

  /** The line at which it was noticed, from 1. */
  public long line() {
    return line;
  }

  /** Where the change shows first in the log, if it does. */
  public Optional<ServerFault> shows() {
    return shows;
  }
}
