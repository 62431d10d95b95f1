package org.securechat.client.terminal.chat;

import java.util.List;
import java.util.Optional;

/**
 * Where a chat is typed and shown. One thread reads; printing is safe for many, also while that one
 * reads.
 */
public interface Screen extends AutoCloseable {

  /**
   * The next line, without its end.
   *
   * @param prompt what it is about, for a person
   * @return empty if the user has had enough, or the input ended
   */
  Optional<String> read(String prompt);

  /** The answer to a question; empty as for {@link #read}. */
  Optional<String> ask(String question);

  /** Prints lines above whatever is being typed. */
  void print(List<String> lines);

  /** Prints lines about something that went wrong. */
  void complain(List<String> lines);

  /** Shows what is going on until something else is printed or read; nothing where nobody looks. */
  void status(String line);

  /**
   * Tells of something small.
   *
   * @param sign stands in the prompt from here on, where there is one
   * @param lines are printed where there is none
   */
  void sign(String sign, List<String> lines);

  /** The width to wrap at; 0 where each line may be as long as it is. */
  int width();

  @Override
  void close();
}
