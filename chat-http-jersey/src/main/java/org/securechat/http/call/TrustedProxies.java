package org.securechat.http.call;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * The proxies whose word about a client's address is believed. Immutable.
 *
 * <p>Whoever has one of these addresses can pretend any client.
 */
public final class TrustedProxies {
  /** The addresses that begin with the same bits. */
  private static final class Network {
    private final byte[] address;
    private final int bits;

    private Network(byte[] address, int bits) {
      this.address = address;
      this.bits = bits;
    }

    private boolean has(byte[] other) {
      return other.length == address.length && Arrays.equals(masked(other, bits), address);
    }
  }

  private final List<Network> networks;

  private TrustedProxies(List<Network> networks) {
    this.networks = networks;
  }

  /**
   * Reads a list.
   *
   * @param entries addresses, and networks such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}
   * @throws InvalidValueException for a name, for a network with bits after its length, and for one
   *     that has all addresses
   */
  public static TrustedProxies of(List<String> entries) {
    return new TrustedProxies(entries.stream().map(TrustedProxies::network).toList());
  }

  private static Network network(String entry) {
    int slash = entry.indexOf('/');
    byte[] address =
        AddressLiteral.parse(slash < 0 ? entry : entry.substring(0, slash))
            .orElseThrow(TrustedProxies::invalid)
            .getAddress();
    int all = address.length * Byte.SIZE;
    int bits = slash < 0 ? all : bits(entry.substring(slash + 1));
    if (bits < 1 || bits > all || !Arrays.equals(masked(address, bits), address)) {
      throw invalid();
    }
    return new Network(address, bits);
  }

  private static int bits(String text) {
    if (!text.matches("[0-9]{1,3}")) {
      throw invalid();
    }
    return Integer.parseInt(text);
  }

  private static byte[] masked(byte[] address, int bits) {
    byte[] masked = address.clone();
    for (int i = 0; i < masked.length; i++) {
      int kept = Math.clamp(bits - (long) i * Byte.SIZE, 0, Byte.SIZE);
      masked[i] &= (byte) (0xFF << (Byte.SIZE - kept));
    }
    return masked;
  }

  private static InvalidValueException invalid() {
    return new InvalidValueException("Must be an address or a network such as 10.0.0.0/8");
  }

  boolean has(InetAddress address) {
    byte[] bytes = address.getAddress();
    return networks.stream().anyMatch(network -> network.has(bytes));
  }
}
