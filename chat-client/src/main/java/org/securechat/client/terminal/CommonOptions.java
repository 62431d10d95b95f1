package org.securechat.client.terminal;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.securechat.client.http.HttpSettings;
import org.securechat.client.http.SignatureScheme;
import picocli.CommandLine.Option;

/** What every command of the client understands. */
final class CommonOptions {
  static final String JSON = "--json";

  @Option(
      names = "--profile-file",
      paramLabel = "FILE",
      description =
          "Where this device keeps the account (default: SECURE_CHAT_PROFILE, or"
              + " ~/.config/secure-chat/profile.json).")
  private @Nullable Path profileFile;

  @Option(
      names = "--scheme",
      paramLabel = "SCHEME",
      defaultValue = "rfc9421",
      description = "How requests are signed: rfc9421 or envelope (default: ${DEFAULT-VALUE}).")
  private SignatureScheme scheme = SignatureScheme.RFC9421;

  @Option(
      names = "--plain-http",
      description = "Allow http:// to another machine; anybody on the way can then listen.")
  private boolean plainHttp;

  @Option(names = JSON, description = "Print results as JSON, one object a line.")
  private boolean json;

  @Nullable Path profileFile() {
    return profileFile;
  }

  HttpSettings httpSettings() {
    HttpSettings settings = HttpSettings.defaults().with(scheme);
    return plainHttp ? settings.withPlainHttp() : settings;
  }

  boolean json() {
    return json;
  }
}
