package org.securechat.client.terminal.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Curses;
import org.jline.utils.InfoCmp.Capability;

/**
 * A terminal whose lines can be edited, with what comes meanwhile above the one that is typed.
 * Between two lines nothing that is typed shows or is lost; Ctrl-C then interrupts the thread that
 * reads.
 */
public final class JlineScreen implements Screen {
  private static final int USUAL_WIDTH = 80;

  /** Prints over what a status left. */
  private static final String TO_LINE_START = "\r";

  private final Terminal terminal;
  private final Editor reader;
  private final Attributes before;
  private final String wrapOff;
  private final String wrapOn;
  private final Lock printing = new ReentrantLock();
  private String status = "";
  private volatile String prompt = "";
  private volatile String sign = "";

  /**
   * Takes over a terminal, until {@link #close}.
   *
   * @param users whose names are completed behind commands that take some
   */
  public JlineScreen(Terminal terminal, Supplier<List<String>> users) throws IOException {
    this.terminal = terminal;
    DefaultParser parser = new DefaultParser();
    // Quotes and strokes are part of what is said.
    parser.setQuoteChars(new char[0]);
    parser.setEscapeChars(new char[0]);
    this.reader = new Editor(terminal);
    reader.setParser(parser);
    reader.setCompleter(completer(users));
    reader.option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
    reader.option(LineReader.Option.ERASE_LINE_ON_FINISH, true);
    reader.option(LineReader.Option.HISTORY_IGNORE_SPACE, false);
    this.wrapOff = sequence(Capability.exit_am_mode);
    this.wrapOn = sequence(Capability.enter_am_mode);
    this.before = terminal.enterRawMode();
    Thread reading = Thread.currentThread();
    terminal.handle(Terminal.Signal.INT, signal -> reading.interrupt());
  }

  /** A line whose prompt changes while it is typed. */
  private static final class Editor extends LineReaderImpl {
    Editor(Terminal terminal) throws IOException {
      super(terminal);
    }

    void changePrompt(String next) {
      lock.lock();
      try {
        if (reading) {
          setPrompt(next);
          redisplay();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** The terminal that the process was started in. */
  public static JlineScreen ofProcess(Supplier<List<String>> users) {
    try {
      return new JlineScreen(TerminalBuilder.builder().system(true).dumb(false).build(), users);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String sequence(Capability capability) {
    return Objects.requireNonNullElse(Curses.tputs(terminal.getStringCapability(capability)), "");
  }

  private static Completer completer(Supplier<List<String>> users) {
    return (reader, line, candidates) -> {
      Optional<SlashCommand> command = SlashCommand.of(line.words().get(0));
      if (line.wordIndex() == 0) {
        if (line.word().startsWith("/")) {
          Arrays.stream(SlashCommand.values())
              .forEach(each -> candidates.add(new Candidate(each.word())));
        }
      } else if (command.filter(SlashCommand::takesUsers).isPresent()) {
        users.get().forEach(name -> candidates.add(new Candidate(name)));
      }
    };
  }

  @Override
  public Optional<String> read(String prompt) {
    reader.setVariable(LineReader.DISABLE_HISTORY, false);
    this.prompt = prompt;
    return line(signed());
  }

  @Override
  public Optional<String> ask(String question) {
    reader.setVariable(LineReader.DISABLE_HISTORY, true);
    return line(literal(question));
  }

  /** Its name may be another member's word, and JLine takes a prompt for a pattern. */
  private String signed() {
    return literal(prompt + (sign.isEmpty() ? "" : " " + sign) + "> ");
  }

  private static String literal(String prompt) {
    return prompt.replace("%", "%%");
  }

  @Override
  public void sign(String next, List<String> lines) {
    if (!sign.equals(next)) {
      sign = next;
      reader.changePrompt(signed());
    }
  }

  private Optional<String> line(String prompt) {
    status("");
    // A Ctrl-C that came too late to stop anything.
    Thread.interrupted();
    try {
      return Optional.of(reader.readLine(prompt));
    } catch (UserInterruptException | EndOfFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void print(List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    printing.lock();
    try {
      String shown = status;
      status("");
      // No text of others, however wide it really is, goes on in a line of its own.
      reader.printAbove(wrapOff + String.join("\n", lines) + wrapOn);
      status(shown);
    } finally {
      printing.unlock();
    }
  }

  @Override
  public void complain(List<String> lines) {
    print(lines);
  }

  @Override
  public void status(String line) {
    printing.lock();
    try {
      if (line.isEmpty() && status.isEmpty()) {
        return;
      }
      status = Columns.cut(line, width() - 1);
      terminal.writer().print(TO_LINE_START);
      terminal.puts(Capability.clr_eol);
      terminal.writer().print(status);
      terminal.flush();
    } finally {
      printing.unlock();
    }
  }

  @Override
  public int width() {
    int width = terminal.getWidth();
    return width > 0 ? width : USUAL_WIDTH;
  }

  @Override
  public void close() {
    try (terminal) {
      status("");
      terminal.setAttributes(before);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
