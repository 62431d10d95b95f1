package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
  private static final String STRONG = "0123456789abcdef0123456789abcdef";

  @TempDir Path folder;

  private static Configuration configuration(String... namesAndValues) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      environment.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return Configuration.of(Settings.of(environment, new Properties()));
  }

  private static String refusal(String... namesAndValues) {
    return assertThrows(ConfigurationException.class, () -> configuration(namesAndValues))
        .sentence();
  }

  @Test
  void nothingSet_isADevelopmentServer() {
    Configuration configuration = configuration();

    assertEquals(ChatEnvironment.DEVELOPMENT, configuration.environment());
    assertEquals("127.0.0.1", configuration.host());
    assertEquals(5000, configuration.port());
    assertEquals(new DatabaseChoice.Sqlite(Path.of("data/chat.db")), configuration.database());
    assertEquals(Optional.empty(), configuration.secretKey());
    assertEquals(
        Set.of("http://localhost:3000", "http://localhost:5173"), configuration.corsOrigins());
    assertFalse(configuration.secureCookies());
    assertFalse(configuration.chat().credentials().countLoopback());
    assertEquals(Duration.ofMinutes(5), configuration.chat().requests().maxAge());
    assertEquals(Duration.ofSeconds(30), configuration.chat().requests().maxSkew());
  }

  @Test
  void metrics_portSet_areOnLoopbackUnlessTold() {
    assertEquals(Optional.empty(), configuration("METRICS_HOST", "0.0.0.0").metrics());
    assertEquals(
        Optional.of(new Configuration.MetricsAddress("127.0.0.1", 9100)),
        configuration("METRICS_PORT", "9100").metrics());
    assertEquals(
        Optional.of(new Configuration.MetricsAddress("0.0.0.0", 9100)),
        configuration("METRICS_PORT", "9100", "METRICS_HOST", "0.0.0.0").metrics());
  }

  @Test
  void production_isStrict() {
    Configuration configuration = configuration("CHAT_ENV", "production", "SECRET_KEY", STRONG);

    assertEquals(Set.of(), configuration.corsOrigins());
    assertTrue(configuration.secureCookies());
    assertTrue(configuration.chat().credentials().countLoopback());
  }

  @Test
  void testing_isDevelopmentWithoutItsOrigins() {
    Configuration configuration = configuration("CHAT_ENV", "testing");

    assertEquals(Set.of(), configuration.corsOrigins());
    assertFalse(configuration.secureCookies());
    assertFalse(configuration.chat().credentials().countLoopback());
  }

  @ParameterizedTest
  @CsvSource({
    "CHAT_ENV, staging",
    "CHAT_ENV, PRODUCTION",
    "HOST, a b",
    "HOST, [::1]",
    "METRICS_PORT, 65536",
    "METRICS_HOST, a b",
    "LIMIT_REQUESTS_PER_USER_BURST, 0",
    "LIMIT_REQUESTS_PER_USER_PER_SECOND, 0",
    "PORT, x",
    "PORT, -1",
    "PORT, 65536",
    "DATABASE_URL, mysql://localhost/chat",
    "DATABASE_URL, sqlite:///",
    "DATABASE_URL, sqlite:chat.db",
    "CORS_ORIGINS, *",
    "CORS_ORIGINS, http://localhost:3000/",
    "CORS_ORIGINS, localhost:3000",
    "SESSION_COOKIE_SECURE, perhaps",
    "LOG_LEVEL, loud",
    "SIGNATURE_MAX_AGE, 0",
    "SIGNATURE_MAX_SKEW, -1",
    "SIGNATURE_REQUIRE_CONTEXT, 2",
    "SIGNATURE_SCHEMES, 'rfc9421,none'",
    "SIGNATURE_SCHEMES, Envelope",
    "SIGNATURE_SCHEMES, ','",
    "TRUSTED_PROXIES, localhost",
    "TRUSTED_PROXIES, 10.0.0.1/8",
    "PASSWORD_HASH_MEMORY_KIB, 19455",
    "PASSWORD_HASH_ITERATIONS, 1",
    "PASSWORD_HASH_THREADS, 0",
    "LIMIT_FAILURES_PER_ACCOUNT, 0",
    "LIMIT_JSON_BODY_BYTES, 16383",
    "LIMIT_FAILURES_PER_ADDRESS, 0",
    "LIMIT_REGISTRATIONS_PER_ADDRESS, none"
  })
  void unusableValue_isOneSentenceThatNamesTheSetting(String name, String value) {
    String sentence = refusal(name, value);

    assertTrue(sentence.startsWith(name + " "), sentence);
    assertTrue(sentence.endsWith("."), sentence);
    assertFalse(sentence.contains("\n"), sentence);
  }

  @Test
  void secret_missingOrWeakInProduction_isRefusedWithoutSayingIt() {
    String weak = "0123456789abcdef0123456789abcde";

    assertTrue(refusal("CHAT_ENV", "production").startsWith("SECRET_KEY must be set"));
    String sentence = refusal("CHAT_ENV", "production", "SECRET_KEY", weak);
    assertTrue(sentence.startsWith("SECRET_KEY must have at least 32 bytes"), sentence);
    assertFalse(sentence.contains(weak), sentence);
    assertEquals(
        Optional.of(weak), configuration("SECRET_KEY", weak).secretKey(), "fine elsewhere");
  }

  @Test
  void sources_environmentThenPropertiesThenFile_inThisOrder() throws IOException {
    Path file = folder.resolve("chat.properties");
    Files.writeString(file, "PORT=1\nHOST=127.0.0.3\nLOG_LEVEL=error\n");
    Properties properties = new Properties();
    properties.setProperty("PORT", "2");
    properties.setProperty("HOST", "127.0.0.2");
    Map<String, String> environment =
        Map.of("CHAT_CONFIG", file.toString(), "PORT", "3", "HOST", " ");

    Configuration configuration = Configuration.of(Settings.of(environment, properties));

    assertEquals(3, configuration.port());
    assertEquals("127.0.0.2", configuration.host());
    assertEquals(Configuration.LogLevel.ERROR, configuration.logLevel());
  }

  @Test
  void file_thatIsNotThere_isRefused() {
    String missing = folder.resolve("missing").toString();

    assertTrue(refusal("CHAT_CONFIG", missing).contains(missing));
  }

  @Test
  void database_absolutePath_isTakenAsItIs() {
    assertEquals(
        new DatabaseChoice.Sqlite(Path.of("/var/lib/chat.db")),
        configuration("DATABASE_URL", "sqlite:////var/lib/chat.db").database());
  }

  @Test
  void database_postgresql_isShownWithoutCredentials() {
    Configuration configuration =
        configuration(
            "DATABASE_URL", "postgresql://keeper:s3cr3t@db.example.org/chat",
            "DATABASE_ALLOW_UNSAFE", "true");

    assertEquals("PostgreSQL db.example.org:5432/chat", configuration.database().toString());
    assertFalse(configuration.toString().contains("s3cr3t"), configuration::toString);
    assertFalse(configuration.toString().contains("keeper"), configuration::toString);
    assertEquals(
        Path.of("data/postgresql-db.example.org-5432-chat.secret"),
        configuration.database().secretFile());
    DatabaseChoice.Postgresql database =
        assertInstanceOf(DatabaseChoice.Postgresql.class, configuration.database());
    assertTrue(database.settings().allowUnsafe());
  }

  @Test
  void database_malformedPostgresql_isRefusedWithoutQuotingIt() {
    for (String url :
        new String[] {
          "postgresql://keeper:s3cr3t@db:0/chat",
          "postgresql://keeper:s3cr3t@a,b/chat",
          "postgresql://keeper:s3cr3t%zz@db/chat",
          "postgresql://keeper:s3cr3t@db/chat?sslmode=",
          "postgresql://keeper:s3cr3t@db/chat?socketFactory=s3cr3t"
        }) {
      String sentence = refusal("DATABASE_URL", url);

      assertTrue(sentence.startsWith("DATABASE_URL can't be used: "), sentence);
      assertFalse(sentence.contains("s3cr3t"), sentence);
    }
  }
}
