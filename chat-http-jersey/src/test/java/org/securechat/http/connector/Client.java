package org.securechat.http.connector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A socket that says exactly what it is told to. */
final class Client implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  Client(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(20_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  Client send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    return this;
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  void sendByteByByte(String text) throws IOException {
    for (byte b : text.getBytes(ISO_8859_1)) {
      socket.getOutputStream().write(b);
    }
  }

  /** The next answer; an end of the connection instead is an exception. */
  Answer answer() throws IOException {
    String[] statusLine = line().split(" ", 3);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.merge(
          line.substring(0, colon), line.substring(colon + 1).strip(), (a, b) -> a + "|" + b);
    }
    int status = Integer.parseInt(statusLine[1]);
    if (status == 100) {
      return answer();
    }
    return new Answer(status, headers, new String(body(headers), ISO_8859_1));
  }

  /** Reads past the head of an answer. */
  void skipHead() throws IOException {
    while (!line().isEmpty()) {
      // A field.
    }
  }

  /** Reads past so many bytes. */
  long skip(long length) throws IOException {
    in.skipNBytes(length);
    return length;
  }

  /** Reads past an answer with a length, which is given. */
  long skipBody() throws IOException {
    long length = -1;
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Long.parseLong(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    return skip(length);
  }

  /** Whether the connection ends here, politely or not, without another byte. */
  boolean isClosed() throws IOException {
    try {
      return in.read() == -1;
    } catch (java.net.SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return true;
    }
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    String length = headers.get("Content-Length");
    if (length != null) {
      return in.readNBytes(Integer.parseInt(length));
    }
    StringBuilder body = new StringBuilder();
    if ("chunked".equals(headers.get("Transfer-Encoding"))) {
      for (int size = Integer.parseInt(line(), 16); ; size = Integer.parseInt(line(), 16)) {
        body.append(new String(in.readNBytes(size), ISO_8859_1));
        line();
        if (size == 0) {
          break;
        }
      }
    }
    return body.toString().getBytes(ISO_8859_1);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c == -1) {
        throw new IOException("The connection ended after: " + line);
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  record Answer(int status, Map<String, String> headers, String body) {}
}
