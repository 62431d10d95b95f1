package org.securechat.benchmarks.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerParserTest {
  private static final String WITH_LENGTH =
      "HTTP/1.1 201 Created\r\nDate: x\r\nContent-Length: 7\r\n\r\n{\"a\":1}";
  private static final String CHUNKED =
      "HTTP/1.1 200 OK\r\n"
          + "transfer-encoding: chunked\r\n\r\n"
          + "5\r\n"
          + "hello\r\n"
          + "0A\r\n"
          + "0123456789\r\n"
          + "0\r\n\r\n";
  private static final String WITH_TRAILER =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nX-Sum: 1\r\n\r\n";
  private static final String EMPTY = "HTTP/1.1 503 Away\r\nContent-Length: 0\r\n\r\n";
  private static final String NO_CONTENT = "HTTP/1.1 204 No Content\r\n\r\n";

  private final AnswerParser parser = new AnswerParser();

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(US_ASCII));
  }

  @ParameterizedTest
  @ValueSource(strings = {WITH_LENGTH, CHUNKED, WITH_TRAILER, EMPTY, NO_CONTENT})
  void take_splitAnywhere_isWholeAtItsLastByte(String answer) throws ProtocolException {
    for (int split = 0; split < answer.length(); split++) {
      assertFalse(parser.take(bytes(answer.substring(0, split))), answer + split);
      ByteBuffer rest = bytes(answer.substring(split) + "HTTP");
      assertTrue(parser.take(rest), answer + split);

      assertEquals(4, rest.remaining());
      assertEquals(Integer.parseInt(answer.substring(9, 12)), parser.status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {WITH_LENGTH, CHUNKED, WITH_TRAILER, EMPTY, NO_CONTENT})
  void take_byteByByte_isWholeAtItsLastByte(String answer) throws ProtocolException {
    for (int i = 0; i < answer.length(); i++) {
      assertEquals(i == answer.length() - 1, parser.take(bytes(answer.substring(i, i + 1))));
    }
  }

  @Test
  void take_oneAfterAnother_tellsThemApart() throws ProtocolException {
    ByteBuffer two = bytes(WITH_LENGTH + CHUNKED);

    assertTrue(parser.take(two));
    assertEquals(201, parser.status());
    assertTrue(parser.take(two));
    assertEquals(200, parser.status());
    assertFalse(two.hasRemaining());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n000000001\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxy\r\n",
        "hello\r\n\r\n"
      })
  void take_noAnswerOfOurs_isRefused(String text) {
    assertThrows(ProtocolException.class, () -> parser.take(bytes(text)));
  }

  @Test
  void take_headWithoutEnd_isRefusedAtTheLimit() throws ProtocolException {
    String line = "X: 34567890123\r\n";
    for (int i = 0; i < 1024; i++) {
      assertFalse(parser.take(bytes(line)));
    }

    assertThrows(ProtocolException.class, () -> parser.take(bytes("\r\n")));
  }
}
