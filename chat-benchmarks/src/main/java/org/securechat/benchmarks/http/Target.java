package org.securechat.benchmarks.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/**
 * A server on loopback.
 *
 * @param process whose processor time is counted as the server's
 */
public record Target(int port, ProcessHandle process) {

  /** Where to connect to. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** The value of the header {@code Host}. */
  public String host() {
    return "127.0.0.1:" + port;
  }

  /** A resource of it. */
  public URI resolve(String path) {
    return URI.create("http://" + host() + path);
  }
}
