package org.securechat.http.connector;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.SocketChannel;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.GenericCloseListener;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.ChunkedTransferEncoding;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpContext;
import org.glassfish.grizzly.http.HttpEvents;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.TransferEncoding;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.http.util.MimeHeaders;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.NIOConnection;

/**
 * Grizzly's HTTP codec with a look at each head before anything else reads it, and with deadlines.
 * Runs on the selector: nothing in here blocks.
 */
final class StrictCodec extends HttpServerFilter {
  private static final int REQUEST_TIMEOUT = 408;

  private final Attribute<Deadlines.Peer> peer =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(StrictCodec.class.getName());
  private final ConnectorSettings settings;
  private final Deadlines deadlines;
  private final ErrorBody errors;
  private volatile String lastUriHost = "";

  /** Only this constructor keeps the number of header fields; the one with fewer loses it. */
  @SuppressWarnings("deprecation")
  StrictCodec(
      NetworkListener listener, ConnectorSettings settings, Deadlines deadlines, ErrorBody errors) {
    super(
        listener.isChunkingEnabled(),
        settings.maxHeadBytes(),
        null,
        listener.getKeepAlive(),
        null,
        settings.maxHeaderFields(),
        listener.getMaxResponseHeaders(),
        null);
    this.settings = settings;
    this.deadlines = deadlines;
    this.errors = errors;
    for (TransferEncoding encoding : getTransferEncodings()) {
      if (encoding instanceof ChunkedTransferEncoding chunks) {
        removeTransferEncoding(chunks);
        addTransferEncoding(new StrictChunks(chunks));
      }
    }
  }

  @Override
  @SuppressWarnings("deprecation") // Grizzly's listeners with and without types are all deprecated
  public NextAction handleAccept(FilterChainContext ctx) {
    Connection<?> connection = ctx.getConnection();
    deadlines
        .accept(connection::terminateSilently)
        .ifPresentOrElse(
            accepted -> {
              peer.set(connection, accepted);
              boundSendBuffer(connection);
              connection.addCloseListener(
                  (GenericCloseListener) (closed, type) -> accepted.closed());
            },
            connection::terminateSilently);
    return ctx.getInvokeAction();
  }

  /**
   * What the kernel takes for a peer is not known to be sent. It would take megabytes, and ask for
   * more only when a third of them is gone: a peer that reads steadily, but slowly, would seem to
   * stand still.
   */
  private void boundSendBuffer(Connection<?> connection) {
    try {
      ((SocketChannel) ((NIOConnection) connection).getChannel())
          .setOption(StandardSocketOptions.SO_SNDBUF, settings.maxPendingBytes());
    } catch (IOException e) {
      connection.terminateSilently(); // it is closed already
    }
  }

  @Override
  public NextAction handleRead(FilterChainContext ctx) throws IOException {
    Deadlines.Peer from = peer.get(ctx.getConnection());
    if (from == null) {
      return ctx.getStopAction();
    }
    from.received(ctx.getMessage() instanceof Buffer bytes ? bytes.remaining() : 0);
    NextAction next = super.handleRead(ctx);
    HttpContext http = HttpContext.get(ctx);
    if (http != null && !http.getRequest().isExpectContent()) {
      from.bodyEnded();
    }
    return next;
  }

  /**
   * Upgrades are for WebSockets; any other offer (h2c of the JDK's client) would unframe a body.
   */
  @Override
  protected void onHttpHeadersParsed(
      HttpHeader header, MimeHeaders fields, FilterChainContext ctx) {
    boolean webSocket =
        "websocket".equalsIgnoreCase(header.getUpgrade())
            && ((HttpRequestPacket) header).getMethod() == Method.GET;
    if (!webSocket) {
      header.getUpgradeDC().recycle();
      fields.removeHeader(Header.Upgrade);
    }
  }

  @Override
  protected boolean onHttpHeaderParsed(HttpHeader header, Buffer buffer, FilterChainContext ctx) {
    int length = buffer.position();
    if (length > settings.maxHeadBytes() || !isGood(buffer, length)) {
      return true;
    }
    HttpRequestPacket request = (HttpRequestPacket) header;
    boolean bad = super.onHttpHeaderParsed(header, buffer, ctx);
    if (!bad) {
      makeUriHost(request);
      Deadlines.Peer from = peer.get(ctx.getConnection());
      if (from != null) {
        request.setAttribute(Deadlines.PEER, from);
        from.headEnded(request.isExpectContent() && !request.isIgnoreContentModifiers());
      }
    }
    return bad;
  }

  private boolean isGood(Buffer buffer, int length) {
    if (buffer.hasArray()) {
      return RequestHead.isGood(
          buffer.array(), buffer.arrayOffset(), length, settings.maxHeaderFields());
    }
    byte[] head = new byte[length];
    for (int i = 0; i < length; i++) {
      head[i] = buffer.get(i);
    }
    return RequestHead.isGood(head, 0, length, settings.maxHeaderFields());
  }

  /** Jersey answers 500 for a name that java.net.URI doesn't take, such as {@code my_host}. */
  private void makeUriHost(HttpRequestPacket request) {
    String host = request.serverName().toString();
    if (host == null || host.isEmpty() || host.equals(lastUriHost)) {
      return;
    }
    try {
      lastUriHost = String.valueOf(new URI("http", null, host, -1, "/", null, null).getHost());
    } catch (URISyntaxException e) {
      request.serverName().setString("localhost");
    }
  }

  @Override
  public NextAction handleEvent(FilterChainContext ctx, FilterChainEvent event) throws IOException {
    Connection<?> connection = ctx.getConnection();
    HttpContext http = HttpContext.get(ctx);
    Deadlines.Peer to = connection == null ? null : peer.get(connection);
    if (event instanceof HttpEvents.ResponseCompleteEvent && to != null && http != null) {
      HttpRequestPacket request = http.getRequest();
      if (request.getResponse().getStatus() == REQUEST_TIMEOUT) {
        request.setContentBroken(true); // nobody waits for the rest
      }
      to.answered(request.isExpectContent());
    }
    return super.handleEvent(ctx, event);
  }

  @Override
  protected HttpContent customizeErrorResponse(HttpResponsePacket response) {
    // What the client sent as version may be none, and would keep it from getting an answer.
    response.getRequest().setProtocol(Protocol.HTTP_1_1);
    response.getProcessingState().setKeepAlive(false);
    byte[] body = errors.problemJson(response.getStatus());
    StandardHeaders.forEach(response::setHeader);
    response.setContentType(StandardHeaders.PROBLEM_JSON);
    response.setContentLength(body.length);
    return HttpContent.builder(response).content(Buffers.wrap(null, body)).last(true).build();
  }
}
