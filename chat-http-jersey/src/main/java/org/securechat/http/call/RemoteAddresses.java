package org.securechat.http.call;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import org.securechat.domain.credential.RemoteAddress;

/** Makes of a peer's address what limits count by. */
final class RemoteAddresses {
  private static final int NETWORK_BYTES = 8;

  private RemoteAddresses() {}

  /**
   * Reads an address literal; no name server is asked for one.
   *
   * @param literal as the connector gives it, IPv4 or IPv6
   */
  static RemoteAddress of(String literal) {
    InetAddress address;
    try {
      address = InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("The connector gave no address", e);
    }
    if (address instanceof Inet6Address) {
      byte[] network = Arrays.copyOf(address.getAddress(), NETWORK_BYTES);
      return new RemoteAddress(HexFormat.of().formatHex(network), address.isLoopbackAddress());
    }
    return new RemoteAddress(address.getHostAddress(), address.isLoopbackAddress());
  }
}
