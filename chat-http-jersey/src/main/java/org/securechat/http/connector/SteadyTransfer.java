package org.securechat.http.connector;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Bodies that may take as long as their size wants, if their peer keeps a pace; otherwise the
 * connection is cut. Changes nothing where the application doesn't stand behind a {@link
 * Connector}.
 */
public final class SteadyTransfer {
  private SteadyTransfer() {}

  /**
   * Frees the request's body, of which nothing may have been read yet, from the time-out of bodies.
   */
  public static void upload(ContainerRequestContext request) {
    Deadlines.Peer peer = peerOf(request);
    if (peer != null) {
      peer.uploadBegins();
    }
  }

  /**
   * Where to write the answer's body to. Closing it closes nothing.
   *
   * @param request what is answered
   */
  public static OutputStream download(ContainerRequestContext request, OutputStream out) {
    Deadlines.Peer peer = peerOf(request);
    return peer == null ? out : new Paced(out, peer);
  }

  /**
   * Ends the connection, because the rest of an answer that has begun can't be had: its peer would
   * wait for it.
   */
  public static void breakOff(ContainerRequestContext request) {
    Deadlines.Peer peer = peerOf(request);
    if (peer != null) {
      peer.cut();
    }
  }

  static Deadlines.@Nullable Peer peerOf(ContainerRequestContext request) {
    return request.getProperty(Deadlines.PEER) instanceof Deadlines.Peer peer ? peer : null;
  }

  private static final class Paced extends FilterOutputStream {
    private final Deadlines.Peer peer;

    Paced(OutputStream out, Deadlines.Peer peer) {
      super(out);
      this.peer = peer;
      peer.downloadBegins();
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      peer.waits();
      out.write(bytes, offset, length);
      peer.moved(length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
