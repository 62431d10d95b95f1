package org.securechat.client.terminal.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.securechat.client.terminal.chat.SlashCommand.Part;

/**
 * What a typed line means: {@code /x} is a command or nothing, {@code //x} is the text {@code /x}.
 */
public sealed interface ChatInput {

  /** Something to say; empty if there was nothing. */
  record Text(String body) implements ChatInput {

    /** Nothing of what was typed. */
    @Override
    public String toString() {
      return "Text[]";
    }
  }

  /**
   * A command.
   *
   * @param number 0 where none was given
   * @param file which file of the message, from 1
   * @param users as typed; empty where the command takes none
   * @param path as typed; empty where the command takes none
   * @param text empty where none was given
   */
  record Order(
      SlashCommand command, long number, int file, List<String> users, String path, String text)
      implements ChatInput {

    /** The command alone. */
    @Override
    public String toString() {
      return "Order[" + command + "]";
    }
  }

  /** What can't be understood; its message is a sentence. */
  final class NotUnderstoodException extends Exception {
    private static final long serialVersionUID = 1;

    NotUnderstoodException(String sentence) {
      super(sentence);
    }

    /** What is wrong, for people. */
    public String sentence() {
      return String.valueOf(getMessage());
    }
  }

  /** Reads a line. */
  static ChatInput parse(String line) throws NotUnderstoodException {
    if (!line.startsWith("/")) {
      return new Text(line.isBlank() ? "" : line);
    }
    return line.startsWith("//") ? new Text(line.substring(1)) : new Reader(line).order();
  }

  /** Takes a command apart, from left to right. */
  final class Reader {
    private static final int MAX_DIGITS = 15;

    private final SlashCommand command;
    private String rest;
    private long number;
    private int file = 1;
    private String path = "";
    private String text = "";
    private final List<String> users = new ArrayList<>();

    private Reader(String line) throws NotUnderstoodException {
      rest = line;
      String word = word().toLowerCase(Locale.ROOT);
      this.command =
          SlashCommand.of(word)
              .orElseThrow(() ->
                  new NotUnderstoodException(
                      "There is no command "
                          + SafeText.line(word, 24)
                          + "; nothing was sent. /help lists them, and //… sends a text that"
                          + " begins with a stroke."));
    }

    private Order order() throws NotUnderstoodException {
      for (Part part : command.parts()) {
        take(part);
      }
      if (!rest.isEmpty()) {
        throw usage();
      }
      return new Order(command, number, file, List.copyOf(users), path, text);
    }

    private void take(Part part) throws NotUnderstoodException {
      switch (part) {
        case NUMBER -> number = number(word());
        case MAYBE_NUMBER -> number = rest.isEmpty() ? 0 : number(word());
        case FILE_NUMBER -> takeFileNumber();
        case TEXT -> text = required(takeRest());
        case MAYBE_TEXT -> text = takeRest();
        case PATH -> path = required(path());
        case USER -> users.add(required(word()));
        case USERS -> {
          do {
            users.add(required(word()));
          } while (!rest.isEmpty());
        }
      }
    }

    private void takeFileNumber() throws NotUnderstoodException {
      String word = word();
      int dot = word.indexOf('.');
      number = number(dot < 0 ? word : word.substring(0, dot));
      if (dot >= 0) {
        file = (int) Math.min(number(word.substring(dot + 1)), Integer.MAX_VALUE);
      }
    }

    private String word() {
      int end = 0;
      while (end < rest.length() && !Character.isWhitespace(rest.charAt(end))) {
        end++;
      }
      String word = rest.substring(0, end);
      rest = rest.substring(end).stripLeading();
      return word;
    }

    private String takeRest() {
      String all = rest.stripTrailing();
      rest = "";
      return all;
    }

    /** The last one may have blanks; another only in quotes. */
    private String path() throws NotUnderstoodException {
      if (rest.startsWith("\"")) {
        int end = rest.indexOf('"', 1);
        if (end < 0) {
          throw new NotUnderstoodException("A quote is not closed.");
        }
        String quoted = rest.substring(1, end);
        rest = rest.substring(end + 1).stripLeading();
        return quoted;
      }
      return command.parts().indexOf(Part.PATH) == command.parts().size() - 1 ? takeRest() : word();
    }

    private String required(String given) throws NotUnderstoodException {
      if (given.isEmpty()) {
        throw usage();
      }
      return given;
    }

    private long number(String word) throws NotUnderstoodException {
      boolean isNumber =
          !word.isEmpty()
              && word.length() <= MAX_DIGITS
              && word.chars().allMatch(c -> c >= '0' && c <= '9');
      if (!isNumber || Long.parseLong(word) == 0) {
        throw usage();
      }
      return Long.parseLong(word);
    }

    private NotUnderstoodException usage() {
      return new NotUnderstoodException("It goes like this: " + command.usage());
    }
  }
}
