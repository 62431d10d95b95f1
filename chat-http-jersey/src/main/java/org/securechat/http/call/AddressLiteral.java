package org.securechat.http.call;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses as text; no name server is ever asked about one. */
final class AddressLiteral {
  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");

  /** Only shaped like one: with a colon in it, {@link InetAddress} parses and looks nothing up. */
  private static final Pattern IPV6_LIKE =
      Pattern.compile("(?=.*:)[0-9A-Fa-f:][0-9A-Fa-f:.]{1,44}");

  private AddressLiteral() {}

  /**
   * Reads an address without port, brackets, scope or white space.
   *
   * @return an IPv4 address also for an IPv6 one that stands for it (RFC 4291, section 2.5.5.2);
   *     empty for any other text
   */
  static Optional<InetAddress> parse(String text) {
    if (!IPV4.matcher(text).matches() && !IPV6_LIKE.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
