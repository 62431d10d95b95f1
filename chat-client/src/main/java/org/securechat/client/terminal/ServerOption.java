package org.securechat.client.terminal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.securechat.client.http.ServerAddress;
import picocli.CommandLine.Option;

/** Which server and account, for the commands that may run before this device knows either. */
final class ServerOption {
  private static final char REPLACEMENT = '\ufffd';

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "The server, such as https://chat.example.org (default: the profile's).")
  private @Nullable String server;

  @Option(
      names = "--email",
      paramLabel = "EMAIL",
      description = "The account's address (default: the profile's, or asked for).")
  private @Nullable String email;

  Optional<ServerAddress> server() {
    return Optional.ofNullable(server).map(ServerAddress::parse);
  }

  Optional<String> email() {
    if (email != null && email.indexOf(REPLACEMENT) >= 0) {
      throw new UsageException("--email is not readable: the locale's character set is not UTF-8.");
    }
    return Optional.ofNullable(email);
  }
}
