package org.securechat.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says exactly what it is told to on a socket, and reads every answer until the server closes. */
final class RawHttp {
  /** One of the answers that came back. */
  record Answer(int status, Map<String, String> headers, String body) {}

  private final int port;

  RawHttp(int port) {
    this.port = port;
  }

  /** Sends all at once. */
  List<Answer> whole(String text) throws IOException {
    return exchange(text, text.length());
  }

  /** Sends each byte by itself. */
  List<Answer> byteByByte(String text) throws IOException {
    return exchange(text, 1);
  }

  private List<Answer> exchange(String text, int step) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(20_000);
      send(socket.getOutputStream(), text.getBytes(ISO_8859_1), step);
      return answers(received(socket.getInputStream()));
    }
  }

  private static void send(OutputStream out, byte[] bytes, int step) {
    try {
      for (int i = 0; i < bytes.length; i += step) {
        out.write(bytes, i, Math.min(step, bytes.length - i));
        out.flush();
      }
    } catch (IOException e) {
      // The server had heard enough; what it said is still to be read.
    }
  }

  private static String received(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        all.write(buffer, 0, n);
      }
    } catch (SocketTimeoutException e) {
      throw new IOException("not closed after: " + all.toString(ISO_8859_1), e);
    } catch (IOException e) {
      // A reset is an end too.
    }
    return all.toString(ISO_8859_1);
  }

  /** An answer without a length ends with the connection. */
  private static int length(int status, Map<String, String> headers) {
    String length = headers.get("Content-Length");
    if (length != null) {
      return Integer.parseInt(length);
    }
    boolean toTheEnd = status >= 200 && "close".equals(headers.get("Connection"));
    return toTheEnd ? Integer.MAX_VALUE / 2 : 0;
  }

  /** Cuts what came into answers; to {@code HEAD} nothing else may be asked on the connection. */
  private static List<Answer> answers(String received) {
    List<Answer> answers = new ArrayList<>();
    int at = 0;
    while (at < received.length()) {
      int end = received.indexOf("\r\n\r\n", at);
      if (end < 0 || !received.startsWith("HTTP/1.1 ", at)) {
        throw new AssertionError("no answer begins at " + at + " of: " + received);
      }
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      String[] lines = received.substring(at, end).split("\r\n", -1);
      for (int i = 1; i < lines.length; i++) {
        int colon = lines[i].indexOf(':');
        headers.put(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
      }
      int status = Integer.parseInt(lines[0].substring(9, 12));
      int body = end + 4;
      at = Math.min(body + length(status, headers), received.length());
      answers.add(new Answer(status, headers, received.substring(body, at)));
    }
    return answers;
  }
}
