package org.securechat.app;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.securechat.domain.ChatSettings;
import org.securechat.domain.account.BlockSettings;
import org.securechat.domain.account.RegistrationSettings;
import org.securechat.domain.conversation.ConversationSettings;
import org.securechat.domain.conversation.WrappedKey;
import org.securechat.domain.credential.AttemptRule;
import org.securechat.domain.credential.CredentialSettings;
import org.securechat.domain.file.FileSettings;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.request.RequestSettings;
import org.securechat.domain.session.SessionSettings;
import org.securechat.domain.sync.SyncSettings;
import org.securechat.domain.timeline.EncryptedContent;
import org.securechat.domain.timeline.TimelineSettings;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.http.HttpSettings;
import org.securechat.http.call.RequestLimit;
import org.securechat.http.call.TrustedProxies;
import org.securechat.http.signature.SignatureScheme;

/**
 * Everything that can be set, checked. {@code docs/configuration.md} describes each setting.
 *
 * @param port 0 takes a free one
 * @param database where everything is kept
 * @param secretKey empty in development, where one is made and kept in a file
 * @param metrics where metrics are told; empty where they are not
 */
record Configuration(
    ChatEnvironment environment,
    String host,
    int port,
    DatabaseChoice database,
    Optional<String> secretKey,
    Set<String> corsOrigins,
    boolean secureCookies,
    LogLevel logLevel,
    ChatSettings chat,
    int maxBodyBytes,
    int maxKeysBodyBytes,
    Set<SignatureScheme> schemes,
    TrustedProxies trustedProxies,
    PasswordSettings passwords,
    RequestRate requestsPerUser,
    Optional<MetricsAddress> metrics) {
  private static final int MIN_SECRET_BYTES = 32;
  private static final long MEBIBYTE = 1L << 20;
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}|[0-9A-Fa-f:.]{2,45}");

  /** How much work a password hash takes, and how much of it runs at once. */
  record PasswordSettings(int memoryKib, int iterations, int threads) {}

  /** How many requests a user may make at once, and how many come back in a second. */
  record RequestRate(int burst, int perSecond) {}

  /**
   * Where metrics are told.
   *
   * @param port 0 takes a free one
   */
  record MetricsAddress(String host, int port) {}

  /** What {@code LOG_LEVEL} can be. */
  enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  /**
   * Reads and checks the settings.
   *
   * @throws ConfigurationException for the first that can't be used
   */
  static Configuration of(Settings settings) {
    ChatEnvironment environment =
        settings.find("CHAT_ENV").map(ChatEnvironment::parse).orElse(ChatEnvironment.DEVELOPMENT);
    boolean production = environment == ChatEnvironment.PRODUCTION;
    return new Configuration(
        environment,
        host(settings, "HOST"),
        settings.integer("PORT", 5000, 0, 65_535),
        DatabaseChoice.of(settings),
        secretKey(settings, production),
        corsOrigins(settings, environment),
        settings.bool("SESSION_COOKIE_SECURE", production),
        logLevel(settings),
        chat(settings, production),
        settings.integer(
            "LIMIT_JSON_BODY_BYTES", HttpSettings.DEFAULT_MAX_BODY_BYTES, 16_384, 16_777_216),
        settings.integer(
            "LIMIT_KEYS_BODY_BYTES", HttpSettings.DEFAULT_MAX_KEYS_BODY_BYTES, 16_384, 16_777_216),
        schemes(settings),
        trustedProxies(settings),
        new PasswordSettings(
            settings.integer("PASSWORD_HASH_MEMORY_KIB", 19_456, 19_456, 1_048_576),
            settings.integer("PASSWORD_HASH_ITERATIONS", 2, 2, 16),
            settings.integer("PASSWORD_HASH_THREADS", 2, 1, 64)),
        new RequestRate(
            settings.integer(
                "LIMIT_REQUESTS_PER_USER_BURST", RequestLimit.DEFAULT_BURST, 1, 1_000_000),
            settings.integer(
                "LIMIT_REQUESTS_PER_USER_PER_SECOND",
                RequestLimit.DEFAULT_PER_SECOND,
                1,
                1_000_000)),
        metrics(settings));
  }

  private static Optional<MetricsAddress> metrics(Settings settings) {
    String host = host(settings, "METRICS_HOST");
    return settings
        .find("METRICS_PORT")
        .map(set -> new MetricsAddress(host, settings.integer("METRICS_PORT", 0, 0, 65_535)));
  }

  private static String host(Settings settings, String name) {
    String host = settings.find(name).orElse("127.0.0.1");
    if (!HOST.matcher(host).matches()) {
      throw new ConfigurationException(
          name + " must be a name or an address of this machine, such as 127.0.0.1 or 0.0.0.0.");
    }
    return host;
  }

  private static Optional<String> secretKey(Settings settings, boolean production) {
    Optional<String> secret = settings.find("SECRET_KEY");
    if (secret.isEmpty() && production) {
      throw new ConfigurationException(
          "SECRET_KEY must be set in production: make one with `openssl rand -hex 32` and keep it"
              + " safe.");
    }
    if (secret.isPresent()
        && production
        && secret.get().getBytes(StandardCharsets.UTF_8).length < MIN_SECRET_BYTES) {
      throw new ConfigurationException(
          "SECRET_KEY must have at least %d bytes in production: make one with `openssl rand -hex 32`."
              .formatted(MIN_SECRET_BYTES));
    }
    return secret;
  }

  private static Set<String> corsOrigins(Settings settings, ChatEnvironment environment) {
    List<String> origins =
        settings
            .list("CORS_ORIGINS")
            .orElse(
                environment == ChatEnvironment.DEVELOPMENT
                    ? List.of("http://localhost:3000", "http://localhost:5173")
                    : List.of());
    origins.forEach(Configuration::requireOrigin);
    return Set.copyOf(origins);
  }

  private static void requireOrigin(String origin) {
    try {
      URI uri = new URI(origin);
      if (uri.getHost() != null
          && uri.getRawUserInfo() == null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && (uri.getScheme() + "://" + uri.getRawAuthority()).equals(origin)) {
        return;
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw new ConfigurationException(
        "CORS_ORIGINS must list exact origins such as https://chat.example.org, separated by"
            + " commas.");
  }

  private static LogLevel logLevel(Settings settings) {
    String text = settings.find("LOG_LEVEL").orElse("INFO").toUpperCase(Locale.ROOT);
    try {
      return LogLevel.valueOf(text.equals("WARNING") ? "WARN" : text);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("LOG_LEVEL must be debug, info, warn or error.");
    }
  }

  private static Set<SignatureScheme> schemes(Settings settings) {
    List<String> names = settings.list("SIGNATURE_SCHEMES").orElse(List.of("envelope", "rfc9421"));
    List<SignatureScheme> known =
        names.stream().map(SignatureScheme::named).flatMap(Optional::stream).toList();
    if (known.isEmpty() || known.size() < names.size()) {
      throw new ConfigurationException(
          "SIGNATURE_SCHEMES must list envelope, rfc9421 or both, separated by commas.");
    }
    return Set.copyOf(known);
  }

  private static TrustedProxies trustedProxies(Settings settings) {
    try {
      return TrustedProxies.of(settings.list("TRUSTED_PROXIES").orElse(List.of()));
    } catch (InvalidValueException e) {
      throw new ConfigurationException(
          "TRUSTED_PROXIES must list addresses and networks such as 127.0.0.1 or 10.0.0.0/8,"
              + " separated by commas.");
    }
  }

  private static ChatSettings chat(Settings settings, boolean production) {
    RequestSettings requests =
        new RequestSettings(
            Duration.ofSeconds(settings.integer("SIGNATURE_MAX_AGE", 300, 1, 86_400)),
            Duration.ofSeconds(settings.integer("SIGNATURE_MAX_SKEW", 30, 0, 3_600)),
            settings.bool("SIGNATURE_REQUIRE_CONTEXT", false));
    CredentialSettings limits = credentials(settings);
    return new ChatSettings(
        requests,
        sessions(settings),
        registrations(settings),
        production ? limits : limits.exceptLoopback(),
        new BlockSettings(
            settings.integer(
                "LIMIT_BLOCKS_PER_USER", BlockSettings.defaults().perUser(), 1, 1_000_000)),
        conversations(settings),
        new TimelineSettings(
            settings.integer(
                "LIMIT_CIPHERTEXT_BYTES",
                TimelineSettings.defaults().ciphertextBytes(),
                1_024,
                EncryptedContent.MAX_LENGTH)),
        files(settings),
        new SyncSettings(
            settings.integer(
                "LIMIT_WAITERS_PER_USER", SyncSettings.defaults().waitersPerUser(), 1, 100),
            settings.integer("LIMIT_WAITERS", SyncSettings.defaults().waiters(), 100, 1_000_000)));
  }

  private static ConversationSettings conversations(Settings settings) {
    ConversationSettings defaults = ConversationSettings.defaults();
    return new ConversationSettings(
        settings.integer("LIMIT_MEMBERS", defaults.members(), 2, EpochStatement.MAX_MEMBERS),
        settings.integer("LIMIT_KEY_DATA_BYTES", defaults.keyBytes(), 1_024, WrappedKey.MAX_LENGTH),
        settings.integer("LIMIT_CONVERSATIONS_PER_DAY", defaults.startsPerDay(), 1, 1_000_000),
        settings.integer("LIMIT_PENDING_INVITATIONS", defaults.pendingInvitations(), 0, 1_000_000));
  }

  private static FileSettings files(Settings settings) {
    FileSettings defaults = FileSettings.defaults();
    int largest = settings.integer("LIMIT_FILE_MIB", mebibytes(defaults.maxBytes()), 1, 1_024);
    return new FileSettings(
        largest * MEBIBYTE,
        settings.integer("LIMIT_FILES_PER_USER", defaults.filesPerUser(), 1, 1_000_000),
        Math.max(
                largest,
                settings.integer(
                    "LIMIT_FILE_MIB_PER_USER", mebibytes(defaults.bytesPerUser()), 1, 10_000_000))
            * MEBIBYTE,
        settings.integer("LIMIT_UPLOADS_PER_USER", defaults.uploadsAtOnce(), 1, 100),
        defaults.unattached());
  }

  private static int mebibytes(long bytes) {
    return (int) (bytes / MEBIBYTE);
  }

  private static RegistrationSettings registrations(Settings settings) {
    RegistrationSettings defaults = RegistrationSettings.defaults();
    return new RegistrationSettings(
        defaults.lifetime(),
        settings.integer("LIMIT_CODES_PER_REGISTRATION", defaults.attempts(), 1, 100));
  }

  private static SessionSettings sessions(Settings settings) {
    SessionSettings defaults = SessionSettings.defaults();
    return new SessionSettings(
        defaults.idle(),
        defaults.lifetime(),
        settings.integer("LIMIT_SESSIONS_PER_USER", defaults.perUser(), 1, 10_000));
  }

  private static CredentialSettings credentials(Settings settings) {
    CredentialSettings defaults = CredentialSettings.defaults();
    AttemptRule account =
        AttemptRule.inARow(
            settings.integer("LIMIT_FAILURES_PER_ACCOUNT", 5, 1, 1_000), Duration.ofMinutes(15));
    return new CredentialSettings(
        account,
        account.closingAfter(
            settings.integer("LIMIT_FAILURES_UNTIL_CLOSED", 100, 1, 1_000_000),
            CredentialSettings.UNTIL_THE_OWNER_COMES),
        AttemptRule.within(
            settings.integer("LIMIT_FAILURES_PER_ADDRESS", 50, 1, 1_000_000),
            Duration.ofHours(1),
            Duration.ofMinutes(15)),
        AttemptRule.quota(
            settings.integer("LIMIT_REGISTRATIONS_PER_ADDRESS", 20, 1, 1_000_000),
            Duration.ofHours(1)),
        defaults.unsignedAtOnce(),
        defaults.countLoopback());
  }
}
