package org.securechat.testpostgresql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a client and a server on loopback and fails as networks do. Safe for use by many
 * threads; a change counts for what arrives after it.
 */
public final class FaultyProxy implements AutoCloseable {
  private static final String COMMIT = "COMMIT\0";

  /** What happens to connections and bytes. */
  public enum Mode {
    /** All goes through. */
    PASS,
    /** Connections are ended, new ones too. */
    REFUSE,
    /** Nothing goes through, and nobody is told. */
    SWALLOW,
    /** The connection that commits is ended, the server never hears of it. */
    CUT_BEFORE_COMMIT,
    /** The server commits, and its answer and the connection are lost. */
    CUT_AFTER_COMMIT
  }

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Mode mode = Mode.PASS;

  private FaultyProxy(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  /** Starts one in front of a port; it lets all through. */
  public static FaultyProxy before(int target) {
    try {
      FaultyProxy proxy =
          new FaultyProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
      Thread.ofVirtual().start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Fails like this from now on. */
  public void set(Mode next) {
    mode = next;
    if (next == Mode.REFUSE) {
      open.forEach(FaultyProxy::end);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException e) {
      open.forEach(FaultyProxy::end);
    }
  }

  private void serve(Socket client) {
    Socket server = new Socket();
    open.add(server);
    try (client;
        server) {
      if (mode == Mode.REFUSE) {
        return;
      }
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
      Thread answers = Thread.ofVirtual().start(() -> passAnswers(server, client));
      passRequests(client, server);
      answers.join();
    } catch (IOException e) {
      // Either side has gone, and so goes the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
      open.remove(server);
    }
  }

  private void passRequests(Socket client, Socket server) {
    byte[] buffer = new byte[65_536];
    try {
      InputStream in = client.getInputStream();
      OutputStream out = server.getOutputStream();
      int read;
      while ((read = in.read(buffer)) >= 0) {
        boolean commits = new String(buffer, 0, read, StandardCharsets.ISO_8859_1).contains(COMMIT);
        if (commits && mode == Mode.CUT_BEFORE_COMMIT) {
          break;
        }
        if (commits && mode == Mode.CUT_AFTER_COMMIT) {
          client.shutdownOutput();
        }
        if (mode != Mode.SWALLOW) {
          out.write(buffer, 0, read);
        }
      }
    } catch (IOException e) {
      // Ended below.
    }
    end(client);
    end(server);
  }

  private void passAnswers(Socket server, Socket client) {
    byte[] buffer = new byte[65_536];
    try {
      InputStream in = server.getInputStream();
      OutputStream out = client.getOutputStream();
      int read;
      while ((read = in.read(buffer)) >= 0) {
        if (client.isOutputShutdown()) {
          // The server has answered the commit.
          break;
        }
        if (mode != Mode.SWALLOW) {
          out.write(buffer, 0, read);
        }
      }
    } catch (IOException e) {
      // Ended below.
    }
    end(client);
    end(server);
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It has ended.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
