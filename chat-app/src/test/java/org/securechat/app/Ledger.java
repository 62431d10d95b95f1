package org.securechat.app;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What senders were told with a 201, in a file of its own. A line is there as soon as the answer
 * is. It is not forced to the disk: it has to outlive the server and the database, which are
 * killed, and not the machine, which is not. Safe for use by many threads.
 */
final class Ledger implements AutoCloseable {
  private final Path file;
  private final BufferedWriter writer;
  private int size;

  /** One answer. */
  record Line(long conversation, long sender, String clientId, long id) {
    private static Line parse(String text) {
      String[] parts = text.split(" ", -1);
      return new Line(
          Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2], Long.parseLong(parts[3]));
    }

    private String text() {
      return conversation + " " + sender + " " + clientId + " " + id;
    }
  }

  Ledger(Path file) {
    this.file = file;
    try {
      this.writer = Files.newBufferedWriter(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized void write(Line line) {
    try {
      writer.write(line.text());
      writer.newLine();
      writer.flush();
      size++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized int size() {
    return size;
  }

  /** All lines; those of one sender in the order of their answers. */
  List<Line> read() {
    try {
      return Files.readAllLines(file).stream().map(Line::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
