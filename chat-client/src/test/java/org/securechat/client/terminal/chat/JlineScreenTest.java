package org.securechat.client.terminal.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.securechat.testkit.Background;

class JlineScreenTest {
  private static final int PATIENCE_SECONDS = 30;

  private final PipedOutputStream keyboard = new PipedOutputStream();
  private final Seen seen = new Seen();
  private JlineScreen screen;

  /** What came to the terminal, to wait for. */
  private static final class Seen extends ByteArrayOutputStream {
    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      super.write(bytes, from, length);
      notifyAll();
    }

    @Override
    public synchronized void write(int one) {
      super.write(one);
      notifyAll();
    }

    synchronized void await(String text) throws InterruptedException {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (!toString(UTF_8).contains(text)) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        assertTrue(left > 0, () -> "waited in vain for " + text + " in " + visible());
        wait(left);
      }
    }

    private String visible() {
      return toString(UTF_8).replace("\u001b", "\\e").replace("\r", "\\r").replace("\n", "\\n");
    }

    synchronized String text() {
      return toString(UTF_8);
    }
  }

  @BeforeEach
  void open() throws IOException {
    Terminal terminal =
        new ExternalTerminal("test", "xterm", new PipedInputStream(keyboard), seen, UTF_8);
    terminal.setSize(new Size(80, 24));
    screen = new JlineScreen(terminal, () -> List.of("bob"));
  }

  @AfterEach
  void close() {
    screen.close();
  }

  private CompletableFuture<Optional<String>> reading() {
    return Background.supply(() -> screen.read("lunch"));
  }

  private void type(String keys) throws IOException {
    keyboard.write(keys.getBytes(UTF_8));
    keyboard.flush();
  }

  private static Optional<String> line(CompletableFuture<Optional<String>> reading)
      throws Exception {
    return reading.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void print_whileALineIsTyped_goesAboveAndLeavesTheLine() throws Exception {
    CompletableFuture<Optional<String>> reading = reading();
    seen.await("lunch> ");
    type("hel");
    seen.await("lunch> hel");

    screen.print(List.of("  12 12:00 bob: live", "           and more"));

    seen.await("and more");
    type("lo\r");
    assertEquals(Optional.of("hello"), line(reading));
    String below = seen.text().substring(seen.text().indexOf("and more"));
    assertTrue(below.contains("lunch> hel"), below);
  }

  @Test
  void read_promptThatIsAPattern_isShownAsItIs() throws Exception {
    for (String hostile : List.of("%2000000000Px", "%9P\u0301", "50% off", "%{%}%N%M")) {
      CompletableFuture<Optional<String>> line = Background.supply(() -> screen.read(hostile));
      seen.await(hostile + "> ");
      screen.sign("\u2713", List.of());
      type("x\r");
      assertEquals(Optional.of("x"), line.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      screen.sign("", List.of());
    }
  }

  @Test
  void read_strokesQuotesAndBangs_areWhatWasTyped() throws Exception {
    CompletableFuture<Optional<String>> reading = reading();
    type("a \\ \"b !! 'c\r");

    assertEquals(Optional.of("a \\ \"b !! 'c"), line(reading));
  }

  @Test
  void read_typedBetweenTwoLines_isNotLost() throws Exception {
    CompletableFuture<Optional<String>> reading = reading();
    type("one\rtwo\r");
    assertEquals(Optional.of("one"), line(reading));

    assertEquals(Optional.of("two"), line(reading()));
  }

  @Test
  void read_tab_completesCommandsAndNames() throws Exception {
    CompletableFuture<Optional<String>> reading = reading();
    type("/saf\tb\t\r");

    assertEquals(Optional.of("/safety bob"), line(reading).map(String::strip));
  }

  @Test
  void read_controlDOrC_isTheEnd() throws Exception {
    CompletableFuture<Optional<String>> reading = reading();
    seen.await("lunch> ");
    type("\u0004");
    assertEquals(Optional.empty(), line(reading));

    CompletableFuture<Optional<String>> again = reading();
    type("half");
    seen.await("half");
    type("\u0003");
    assertEquals(Optional.empty(), line(again));
  }

  @Test
  void status_beforeTheNextPrint_isReplaced() throws Exception {
    screen.status("[#---]");
    seen.await("[#---]");
    screen.status("[##--]");
    screen.print(List.of("live"));
    seen.await("live\u001b[?7h\r\n\r\u001b[K[##--]");
    screen.status("");

    assertTrue(seen.text().endsWith("\r\u001b[K"), seen.text());
  }

  @Test
  void sign_whileALineIsTyped_comesIntoThePrompt() throws Exception {
    CompletableFuture<Optional<String>> reading = reading();
    type("hel");
    seen.await("lunch> hel");

    screen.sign("\u2713", List.of("bob has read 3."));

    seen.await("\u2713");
    type("lo\r");
    assertEquals(Optional.of("hello"), line(reading));
    assertFalse(seen.text().contains("has read"), seen.text());
  }

  @Test
  void print_anyText_isNotContinuedInALineOfItsOwn() throws Exception {
    screen.print(List.of("text"));

    seen.await("\u001b[?7ltext\u001b[?7h");
  }
}
