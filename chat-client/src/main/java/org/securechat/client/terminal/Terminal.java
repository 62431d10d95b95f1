package org.securechat.client.terminal;

import java.io.PrintWriter;
import java.util.Optional;
import org.securechat.protocol.key.Password;

/** Somebody at a keyboard, or a script that plays one. */
interface Terminal {

  /** Whether a person sees what is printed, so that it may be asked twice and drawn in colour. */
  boolean isInteractive();

  /**
   * One line of input, without white space around it.
   *
   * @throws UsageException at the end of the input
   */
  String ask(String prompt);

  /**
   * One line of input that is not shown while it is typed.
   *
   * @throws UsageException at the end of the input, or for an empty line
   */
  Password askPassword(String prompt);

  /**
   * One line of input as it is, without its end.
   *
   * @param prompt for a person alone
   * @return empty at the end of the input
   */
  Optional<String> readLine(String prompt);

  /** Results. */
  PrintWriter out();

  /** Everything that is no result. */
  PrintWriter err();
}
