package org.securechat.http.call;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.glassfish.grizzly.http.server.Request;
import org.securechat.domain.account.ClientInfo;

/** Reads what a request shows of its client. */
public final class ClientInfos {
  private ClientInfos() {}

  /** The peer's address, the session cookie and the user agent. */
  public static ClientInfo of(ContainerRequestContext request, Request connection) {
    String userAgent = request.getHeaderString(HttpHeaders.USER_AGENT);
    return new ClientInfo(
        RemoteAddresses.of(connection.getRemoteAddr()),
        SessionCookie.read(request),
        userAgent == null ? "" : userAgent);
  }
}
