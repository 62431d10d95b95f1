package org.securechat.client.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * Where a server is: scheme, host and port.
 *
 * @param uri without path, query and the like
 */
public record ServerAddress(URI uri) {
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  public ServerAddress {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!Set.of("http", "https").contains(scheme)
        || uri.getHost() == null
        || uri.getRawUserInfo() != null
        || !Set.of("", "/").contains(String.valueOf(uri.getRawPath()))
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw new InvalidValueException("A server looks like https://chat.example.org");
    }
    // One spelling for one server.
    int port =
        uri.getPort() == ("https".equals(scheme) ? HTTPS_PORT : HTTP_PORT) ? -1 : uri.getPort();
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    uri = URI.create(scheme + "://" + host + (port < 0 ? "" : ":" + port));
  }

  /**
   * Reads an address.
   *
   * @throws InvalidValueException for any other form of URL
   */
  public static ServerAddress parse(String text) {
    try {
      return new ServerAddress(new URI(text));
    } catch (URISyntaxException e) {
      throw new InvalidValueException("A server looks like https://chat.example.org");
    }
  }

  /** Whether what is sent there can't be read on the way: HTTPS, or this machine itself. */
  boolean isPrivate() {
    return "https".equals(uri.getScheme()) || LOOPBACK.contains(uri.getHost());
  }

  URI resolve(String target) {
    return uri.resolve(target);
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
