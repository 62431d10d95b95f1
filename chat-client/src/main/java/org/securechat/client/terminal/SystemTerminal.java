package org.securechat.client.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.securechat.protocol.key.Password;

/**
 * The process's own: the console where there is one, otherwise lines of standard input in UTF-8.
 * For one thread.
 */
final class SystemTerminal implements Terminal {
  private static final int MAX_LINE = 4096;
  private static final int MAX_TEXT = 1 << 16;
  private static final char REPLACEMENT = '\ufffd';

  private final @Nullable Console console;
  private final BufferedReader in;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * Takes the streams of a process.
   *
   * @param console null where input or output is no terminal
   */
  SystemTerminal(@Nullable Console console, InputStream in, PrintStream out, PrintStream err) {
    this.console = console;
    // A decoder of its own reports what is no UTF-8; by name, it would be replaced silently.
    this.in = new BufferedReader(new InputStreamReader(in, UTF_8.newDecoder()));
    // Straight onto the stream, which is where checkError asks.
    this.out = new PrintWriter(out, true, UTF_8);
    this.err = new PrintWriter(err, true, UTF_8);
  }

  @Override
  public boolean isInteractive() {
    return console != null;
  }

  @Override
  public String ask(String prompt) {
    String line = console == null ? piped(prompt) : console.readLine("%s: ", prompt);
    return readable(require(line, prompt)).toString().strip();
  }

  @Override
  public Password askPassword(String prompt) {
    if (console == null) {
      return password(require(piped(prompt), prompt));
    }
    char[] typed = console.readPassword("%s: ", prompt);
    if (typed == null) {
      throw noInput(prompt);
    }
    try {
      return password(CharBuffer.wrap(typed));
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  private static Password password(CharSequence typed) {
    if (typed.isEmpty()) {
      throw new UsageException("The password is empty.");
    }
    return Password.of(readable(typed));
  }

  private static CharSequence readable(CharSequence typed) {
    if (typed.chars().anyMatch(c -> c == REPLACEMENT)) {
      throw new UsageException("The terminal's character set is not UTF-8.");
    }
    return typed;
  }

  @Override
  public Optional<String> readLine(String prompt) {
    String line = console == null ? line(MAX_TEXT) : console.readLine("%s", prompt);
    return Optional.ofNullable(line).map(typed -> readable(typed).toString());
  }

  private @Nullable String piped(String prompt) {
    err.println(prompt + ":");
    return line(MAX_LINE);
  }

  private @Nullable String line(int maxLength) {
    try {
      StringBuilder line = new StringBuilder();
      int next = in.read();
      if (next < 0) {
        return null;
      }
      while (next >= 0 && next != '\n') {
        line.append((char) next);
        if (line.length() > maxLength) {
          throw new UsageException(
              "A line of the input is longer than " + maxLength + " characters.");
        }
        next = in.read();
      }
      int end = line.length();
      return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    } catch (IOException e) {
      throw new UsageException("The input can't be read as UTF-8.");
    }
  }

  private static String require(@Nullable String line, String prompt) {
    if (line == null) {
      throw noInput(prompt);
    }
    return line;
  }

  private static UsageException noInput(String prompt) {
    return new UsageException("The input ended where an answer was wanted: " + prompt + ".");
  }

  @Override
  public PrintWriter out() {
    return out;
  }

  @Override
  public PrintWriter err() {
    return err;
  }
}
