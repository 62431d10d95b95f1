package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process: what it prints, and the code that it ends with. */
class CommandLineTest {
  @TempDir Path folder;

  /** How a command line ended. */
  private record Ended(int code, List<String> out, String err) {}

  private Ended run(Map<String, String> environment, String... arguments) {
    try (ServerProcess process = ServerProcess.start(folder, environment, arguments)) {
      int code = process.await();
      return new Ended(code, process.printed(), process.errors());
    }
  }

  private static Map<String, String> settings(String... more) {
    Map<String, String> settings = new HashMap<>(Map.of("CHAT_ENV", "testing", "PORT", "0"));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  private void assertRefused(String sentence, Ended ended) {
    assertEquals(2, ended.code(), ended.err());
    assertTrue(ended.err().contains(sentence), ended.err());
    assertEquals(1, ended.err().lines().count(), ended.err());
    assertEquals(List.of(), ended.out());
  }

  @Test
  void version_asked_isPrinted() {
    Ended ended = run(Map.of(), "--version");

    assertEquals(0, ended.code());
    assertEquals(List.of("secure-chat " + Version.number()), ended.out());
  }

  @Test
  void help_asked_namesTheCommands() {
    Ended ended = run(Map.of(), "--help");

    assertEquals(0, ended.code());
    String out = String.join("\n", ended.out());
    assertTrue(out.contains("serve") && out.contains("db"), out);
  }

  @Test
  void command_unknownOrNone_exitsWithTwo() {
    assertEquals(2, run(Map.of(), "dance").code());
    assertEquals(2, run(Map.of()).code());
    assertEquals(2, run(Map.of(), "db").code());
  }

  @Test
  void serve_wrongSettings_isOneSentence() {
    assertRefused("CHAT_ENV must be", run(settings("CHAT_ENV", "staging"), "serve"));
    assertRefused("SECRET_KEY must be set", run(settings("CHAT_ENV", "production"), "serve"));
    assertRefused(
        "DATABASE_URL must look like", run(settings("DATABASE_URL", "mysql://x"), "serve"));
  }

  @Test
  void serve_folderThatCannotBe_isOneSentence() throws IOException {
    Files.writeString(folder.resolve("file"), "not a folder");

    assertRefused(
        "can't be written to", run(settings("DATABASE_URL", "sqlite:///file/chat.db"), "serve"));
  }

  @Test
  void serve_noDatabaseInTheFile_isOneSentence() throws IOException {
    Files.writeString(folder.resolve("chat.db"), "this is no database, whatever its name says");

    assertRefused("chat.db", run(settings("DATABASE_URL", "sqlite:///chat.db"), "serve"));
  }

  @Test
  void serve_anotherSecret_isOneSentence() {
    Map<String, String> settings = Map.of("DATABASE_URL", "sqlite:///chat.db");
    assertEquals(0, run(settings, "db", "seed").code());

    assertRefused(
        "SECRET_KEY is not the one",
        run(
            Map.of(
                "DATABASE_URL", "sqlite:///chat.db",
                "PORT", "0",
                "SECRET_KEY", "another secret"),
            "serve"));
    assertEquals(0, run(settings, "db", "seed").code());
  }

  @Test
  void serve_portInUse_isOneSentence() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertRefused(
          "can't be listened on",
          run(settings("PORT", Integer.toString(taken.getLocalPort())), "serve"));
    }
  }

  @Test
  void serve_secondOnOneDatabase_isOneSentence() {
    try (ServerProcess first = ServerProcess.serve(folder, settings("LOG_LEVEL", "error"))) {
      Path elsewhere = folder.resolve("second");
      assertTrue(elsewhere.toFile().mkdir());
      Map<String, String> same =
          settings("DATABASE_URL", "sqlite:///" + folder.resolve("data/chat.db"));
      try (ServerProcess second = ServerProcess.start(elsewhere, same, "serve")) {
        int code = second.await();
        assertRefused("Another server", new Ended(code, second.printed(), second.errors()));
      }
      first.terminate();
      assertEquals(0, first.await());
    }
  }

  @Test
  void serve_started_printsOneLineAndEndsWellOnTerm() throws Exception {
    try (ServerProcess server = ServerProcess.serve(folder, settings())) {
      server.awaitHealth();
      server.terminate();

      assertEquals(0, server.await());
      assertEquals(1, server.printed().size());
      assertTrue(
          server
              .printed()
              .get(0)
              .matches(
                  "Secure Chat .* on http://127\\.0\\.0\\.1:\\d+, SQLite data/chat\\.db, Ed25519 by"
                      + " .*"),
          server.printed()::toString);
    }
    try (Stream<Path> files = Files.list(folder.resolve("data"))) {
      assertEquals(
          List.of("chat.db", "chat.db.lock", "chat.db.secret"),
          files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.toList()));
    }
  }

  @Test
  void serve_damagedSecret_isOneSentence() throws IOException {
    Map<String, String> settings = settings("DATABASE_URL", "sqlite:///chat.db");
    Files.writeString(folder.resolve("chat.db.secret"), "");

    assertRefused("is damaged", run(settings, "serve"));
  }

  @Test
  void serve_started_keepsItsFilesFromOthers() throws IOException {
    try (ServerProcess server =
        ServerProcess.serve(folder, settings("DATABASE_URL", "sqlite:///chat.db"))) {
      new TestApi(server.url()).get("/health");
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(each -> each.toString().contains("chat.db")).toList()) {
          if (Files.size(file) > 0) {
            assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
                file.toString());
          }
        }
      }
    }
  }

  @Test
  void serve_inProduction_logsOneJsonObjectALine() throws InterruptedException {
    Map<String, String> production =
        settings("CHAT_ENV", "production", "SECRET_KEY", "0123456789abcdef0123456789abcdef");
    try (ServerProcess server = ServerProcess.serve(folder, production)) {
      server.awaitHealth();
      TestApi.Answer answer = new TestApi(server.url()).get("/health");
      String id = answer.header("X-Request-Id").orElseThrow();
      server.terminate();
      server.await();

      List<String> lines = server.errors().lines().toList();
      assertTrue(lines.stream().allMatch(line -> line.startsWith("{") && line.endsWith("}")));
      assertTrue(
          lines.stream().anyMatch(line -> line.contains(id) && line.contains("GET \\/health 200")),
          server.errors());
    }
  }

  @Test
  void db_statusMigrateDowngrade_goUpAndDown() {
    Map<String, String> settings = settings("DATABASE_URL", "sqlite:///chat.db");

    assertTrue(String.join("\n", run(settings, "db", "status").out()).contains("version 0"));
    assertEquals(0, run(settings, "db", "migrate").code());
    assertTrue(String.join("\n", run(settings, "db", "status").out()).contains("version 4 of 4"));
    assertEquals(0, run(settings, "db", "downgrade", "--to", "0").code());
    assertTrue(String.join("\n", run(settings, "db", "status").out()).contains("version 0"));
    assertEquals(2, run(settings, "db", "downgrade").code());
  }

  @Test
  void db_downgradeThatLosesData_wantsForce() {
    Map<String, String> settings = Map.of("DATABASE_URL", "sqlite:///chat.db");
    assertEquals(0, run(settings, "db", "seed").code());

    Ended refused = run(settings, "db", "downgrade", "--to", "0");
    assertRefused("--force", refused);
    Ended seeded = run(settings, "db", "seed");
    assertEquals(0, seeded.code());

    assertEquals(0, run(settings, "db", "downgrade", "--to", "0", "--force").code());
  }

  @Test
  void db_seed_makesAccountsThatCanSignIn() {
    Ended seeded = run(Map.of(), "db", "seed");

    assertEquals(0, seeded.code(), seeded.err());
    List<String> out = seeded.out();
    assertEquals(
        List.of("alice", "bob", "carol"), out.stream().filter(l -> !l.startsWith(" ")).toList());
    assertTrue(out.stream().anyMatch(line -> line.matches("  totp code +\\d{6} \\(now\\)")));
    assertEquals("", seeded.err());
  }

  @Test
  void db_seedElsewhereThanInDevelopment_isRefused() {
    assertRefused("CHAT_ENV=development", run(settings(), "db", "seed"));
    assertFalse(Files.exists(folder.resolve("data")));
  }
}
