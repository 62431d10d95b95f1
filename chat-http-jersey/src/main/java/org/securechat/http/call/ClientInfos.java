package org.securechat.http.call;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import org.glassfish.grizzly.http.server.Request;
import org.securechat.domain.account.ClientInfo;

/** Reads what a request shows of its client. Safe for use by many threads. */
public final class ClientInfos {
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  private final RemoteAddresses addresses;

  /**
   * Made once, for all requests.
   *
   * @param trusted whose word about a client's address is believed
   */
  public ClientInfos(TrustedProxies trusted) {
    this.addresses = new RemoteAddresses(trusted);
  }

  /** The client's address, the session cookie and the user agent. */
  public ClientInfo of(ContainerRequestContext request, Request connection) {
    String userAgent = request.getHeaderString(HttpHeaders.USER_AGENT);
    return new ClientInfo(
        addresses.of(
            connection.getRemoteAddr(),
            request.getHeaders().getOrDefault(FORWARDED_FOR, List.of())),
        SessionCookie.read(request),
        userAgent == null ? "" : userAgent);
  }
}
