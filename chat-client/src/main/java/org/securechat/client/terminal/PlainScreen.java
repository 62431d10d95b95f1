package org.securechat.client.terminal;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.securechat.client.terminal.chat.Screen;

/** Lines in and lines out, for scripts and for terminals that can do nothing else. */
final class PlainScreen implements Screen {
  private final Terminal terminal;

  PlainScreen(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Optional<String> read(String prompt) {
    return terminal.readLine(prompt + "> ");
  }

  @Override
  public Optional<String> ask(String question) {
    if (!terminal.isInteractive()) {
      terminal.err().println(question.strip());
    }
    return terminal.readLine(question);
  }

  @Override
  public void print(List<String> lines) {
    write(terminal.out(), lines);
  }

  @Override
  public void complain(List<String> lines) {
    write(terminal.err(), lines);
  }

  /** At once, so that lines that belong together stay together. */
  private static synchronized void write(PrintWriter writer, List<String> lines) {
    if (!lines.isEmpty()) {
      writer.println(String.join(System.lineSeparator(), lines));
      writer.flush();
    }
  }

  @Override
  public void status(String line) {
    // Nobody looks.
  }

  @Override
  public void sign(String sign, List<String> lines) {
    print(lines);
  }

  @Override
  public int width() {
    return 0;
  }

  @Override
  public void close() {
    // The streams are the process's.
  }
}
