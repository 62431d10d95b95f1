package org.securechat.http.call;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.securechat.domain.credential.RemoteAddress;

/** Finds out where requests come from, and makes of it what limits count by. */
final class RemoteAddresses {
  /** How many trusted proxies a request may have come through, the peer not counted. */
  static final int MAX_HOPS = 16;

  private static final int NETWORK_BYTES = 8;

  private final TrustedProxies trusted;

  RemoteAddresses(TrustedProxies trusted) {
    this.trusted = trusted;
  }

  /**
   * The address of a client: the peer's, unless that is a trusted proxy and names another. Of
   * several proxies each has added the address that it saw, so the last one that is no trusted
   * proxy's is the client's; what stands before it may be the client's invention, and is not looked
   * at.
   *
   * @param peer as the connector gives it, IPv4 or IPv6
   * @param forwarded the lines of {@code X-Forwarded-For}
   */
  RemoteAddress of(String peer, List<String> forwarded) {
    InetAddress address = peerAddress(peer);
    if (!trusted.has(address)) {
      return new RemoteAddress(network(address), address.isLoopbackAddress());
    }
    // Behind a proxy nobody is this machine itself, wherever the proxy runs.
    return new RemoteAddress(network(client(forwarded).orElse(address)), false);
  }

  private Optional<InetAddress> client(List<String> forwarded) {
    String[] addresses = String.join(",", forwarded).split(",", -1);
    int last = addresses.length - 1;
    for (int i = last; i >= 0 && i >= last - MAX_HOPS; i--) {
      Optional<InetAddress> address = AddressLiteral.parse(addresses[i].strip());
      if (address.isEmpty() || !trusted.has(address.get())) {
        return address;
      }
    }
    return Optional.empty();
  }

  private static InetAddress peerAddress(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("The connector gave no address", e);
    }
  }

  private static String network(InetAddress address) {
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
        : address.getHostAddress();
  }
}
