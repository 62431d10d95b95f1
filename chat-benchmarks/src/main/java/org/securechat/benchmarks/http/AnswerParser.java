package org.securechat.benchmarks.http;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Finds the end of HTTP/1.1 answers (RFC 9112) as their bytes arrive, one answer after another, and
 * keeps nothing of their bodies. Answers have a length or are chunked; those that end with the
 * connection, and interim ones, are refused. For one thread.
 */
public final class AnswerParser {
  private static final int MAX_HEAD = 16 * 1024;
  private static final int MAX_SIZE_DIGITS = 8;

  private enum Part {
    HEAD,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILER
  }

  private final byte[] head = new byte[MAX_HEAD];
  private Part part = Part.HEAD;
  private int headLength;
  private int status;

  /** Of a body or a chunk. */
  private long missing;

  private int sizeDigits;
  private int lineLength;

  /**
   * Takes bytes up to the end of the answer, or all that there are.
   *
   * @return whether the answer is whole; then the next bytes begin another
   * @throws ProtocolException if it is no answer, or one of a kind that is refused
   */
  public boolean take(ByteBuffer in) throws ProtocolException {
    while (in.hasRemaining()) {
      boolean whole =
          switch (part) {
            case HEAD -> takeHead(in.get());
            case BODY -> takeBody(in);
            case CHUNK_SIZE -> takeChunkSize(in.get());
            case CHUNK -> takeChunk(in);
            case CHUNK_END -> takeChunkEnd(in.get());
            case TRAILER -> takeTrailer(in.get());
          };
      if (whole) {
        part = Part.HEAD;
        headLength = 0;
        return true;
      }
    }
    return false;
  }

  /** The status of the answer that was whole last. */
  public int status() {
    return status;
  }

  private boolean takeHead(byte next) throws ProtocolException {
    if (headLength == MAX_HEAD) {
      throw new ProtocolException("The head of an answer is too long");
    }
    head[headLength++] = next;
    boolean ends =
        next == '\n'
            && headLength >= 4
            && head[headLength - 2] == '\r'
            && head[headLength - 3] == '\n'
            && head[headLength - 4] == '\r';
    return ends && readHead(new String(head, 0, headLength, StandardCharsets.ISO_8859_1));
  }

  /** Whether there is no body. */
  private boolean readHead(String text) throws ProtocolException {
    if (!text.matches("(?s)HTTP/1\\.1 [2-5][0-9][0-9][ \r].*")) {
      throw new ProtocolException("Not an answer: " + text.lines().findFirst().orElse(""));
    }
    status = Integer.parseInt(text.substring(9, 12));
    String length = field(text, "content-length");
    String coding = field(text, "transfer-encoding");
    if (status == 204 || status == 304) {
      return true;
    }
    if (coding.equals("chunked")) {
      beginChunkSize();
      return false;
    }
    if (!length.matches("[0-9]{1,18}")) {
      throw new ProtocolException("An answer " + status + " has no length");
    }
    missing = Long.parseLong(length);
    part = Part.BODY;
    return missing == 0;
  }

  /** A field's value in lower case; empty if there is none. */
  private static String field(String head, String name) {
    return head.lines()
        .skip(1)
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .findFirst()
        .map(line -> line.substring(name.length() + 1).strip().toLowerCase(Locale.ROOT))
        .orElse("");
  }

  private boolean takeBody(ByteBuffer in) {
    skip(in);
    return missing == 0;
  }

  private void beginChunkSize() {
    part = Part.CHUNK_SIZE;
    missing = 0;
    sizeDigits = 0;
  }

  private boolean takeChunkSize(byte next) throws ProtocolException {
    int digit = Character.digit(next, 16);
    if (digit >= 0 && sizeDigits < MAX_SIZE_DIGITS) {
      missing = missing * 16 + digit;
      sizeDigits++;
    } else if (next == '\n' && sizeDigits > 0) {
      part = missing == 0 ? Part.TRAILER : Part.CHUNK;
      lineLength = 0;
    } else if (next != '\r') {
      throw new ProtocolException("Not the size of a chunk");
    }
    return false;
  }

  private boolean takeChunk(ByteBuffer in) {
    skip(in);
    if (missing == 0) {
      part = Part.CHUNK_END;
    }
    return false;
  }

  private boolean takeChunkEnd(byte next) throws ProtocolException {
    if (next == '\n') {
      beginChunkSize();
    } else if (next != '\r') {
      throw new ProtocolException("A chunk is longer than it said");
    }
    return false;
  }

  private boolean takeTrailer(byte next) {
    if (next == '\n') {
      boolean empty = lineLength == 0;
      lineLength = 0;
      return empty;
    }
    if (next != '\r') {
      lineLength++;
    }
    return false;
  }

  private void skip(ByteBuffer in) {
    int skipped = (int) Math.min(missing, in.remaining());
    in.position(in.position() + skipped);
    missing -= skipped;
  }
}
