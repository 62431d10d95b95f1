package org.securechat.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.testkit.TestClock;
import org.securechat.testpostgresql.PostgresqlServer;

/** Servers that may lose what they have committed are refused. */
class PostgresqlSafetyTest {

  @ParameterizedTest
  @ValueSource(strings = {"fsync", "full_page_writes"})
  void open_serverThatMayLoseData_isRefusedUnlessAllowed(String setting) {
    try (PostgresqlServer server = PostgresqlServer.startWith(setting + "=off")) {
      assertRefusedUnlessAllowed(new TestDatabase(server, server.newDatabase()), setting);
    }
  }

  @Test
  void open_databaseThatDoesNotWaitForTheDisk_isRefusedUnlessAllowed() {
    TestDatabase database = TestDatabase.create();
    database
        .server()
        .execute(
            database.name(), "ALTER DATABASE " + database.name() + " SET synchronous_commit = off");

    assertRefusedUnlessAllowed(database, "synchronous_commit");
  }

  private static void assertRefusedUnlessAllowed(TestDatabase database, String setting) {
    PostgresqlSettings settings = database.settings();
    DatabaseException refused =
        assertThrows(
            DatabaseException.class, () -> JdbiChat.openPostgresql(settings, TestClock.atNoon()));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("its " + setting + " is off"), message);

    try (JdbiChat chat =
        JdbiChat.openPostgresql(settings.allowingUnsafe(true), TestClock.atNoon())) {
      assertTrue(chat.answers(Duration.ofSeconds(30)));
    }
  }

  @Test
  void address_full_isReadAndShownWithoutCredentials() {
    PostgresqlAddress address =
        PostgresqlAddress.parse(
            "postgresql://keeper%40home:p%C3%A4ss%2Fw%3Ard@[::1]:6543/my%20chat?sslmode=verify-full&search_path=chat",
            "nobody");

    assertEquals("keeper@home", address.user());
    assertEquals("päss/w:rd", address.password().orElseThrow());
    assertEquals("[::1]", address.host());
    assertEquals(6543, address.port());
    assertEquals("my chat", address.database());
    assertEquals(Map.of("sslmode", "verify-full", "currentSchema", "chat"), address.options());
    assertEquals("postgresql://[::1]:6543/my chat", address.toString());
    assertFalse(PostgresqlSettings.of(address).toString().contains("keeper"));
  }

  @Test
  void address_missingParts_areThoseOfPostgresqlsOwnPrograms() {
    PostgresqlAddress address = PostgresqlAddress.parse("postgresql://", "somebody");

    assertEquals("postgresql://localhost:5432/somebody", address.toString());
    assertEquals("somebody", address.user());
    assertTrue(address.password().isEmpty());
    assertEquals(
        "postgresql://db:5432/keeper",
        PostgresqlAddress.parse("postgresql://keeper@db", "somebody").toString());
    assertEquals("p", PostgresqlAddress.parse("postgresql://u:p@/x", "n").password().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres",
        "postgresql://h:0",
        "postgresql://h:65536",
        "postgresql://h:port",
        "postgresql://a,b/x",
        "postgresql://u:p@q@h/x",
        "postgresql://u:%@h/x",
        "postgresql://u:%0@h/x",
        "postgresql://u:%00@h/x",
        "postgresql://u:%ff@h/x",
        "postgresql://h/x/y",
        "postgresql://h/x?sslmode",
        "postgresql://h/x?sslmode=",
        "postgresql://h/x?sslmode=maybe",
        "postgresql://h/x?sslmode=require&sslmode=disable",
        "postgresql://h/x?socketFactory=evil",
        "postgresql://h/x?user=other"
      })
  void address_malformed_isRefused(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> PostgresqlAddress.parse(text, "nobody"));

    assertFalse(String.valueOf(refused.getMessage()).contains("evil"));
  }

  @Test
  void settings_outOfRange_areRefused() {
    PostgresqlAddress address = PostgresqlAddress.parse("postgresql://", "nobody");
    Duration second = Duration.ofSeconds(1);
    Duration two = Duration.ofSeconds(2);

    for (int[] n : new int[][] {{0, 1, 1, 1}, {1, 0, 1, 1}, {1, 1, 0, 1}, {1, 1, 1, 0}}) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              new PostgresqlSettings(address, n[0], n[1], n[2], n[3], second, second, two, false));
    }
    Duration little = Duration.ofMillis(249);
    for (Duration[] d :
        new Duration[][] {{little, second, two}, {second, little, two}, {second, second, second}}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new PostgresqlSettings(address, 1, 1, 1, 1, d[0], d[1], d[2], false));
    }
  }
}
