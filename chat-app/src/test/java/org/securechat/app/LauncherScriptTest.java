package org.securechat.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the script {@code secure-chat} hands to a JVM, told by one that only prints it. */
class LauncherScriptTest {
  private static final Path SCRIPT = Path.of("..", "secure-chat");

  @TempDir Path folder;

  @BeforeEach
  void unpack() throws IOException {
    Path script = Files.createDirectories(folder.resolve("app/bin")).resolve("secure-chat");
    Files.copy(SCRIPT, script);
    executable(script);
    Files.createFile(Files.createDirectories(folder.resolve("app/lib")).resolve("chat-app.jar"));
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(
        java, "#!/bin/sh\nprintf 'LC_ALL=%s\\n' \"${LC_ALL-unset}\"\nprintf '%s\\n' \"$@\"\n");
    executable(java);
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"21.0.1\"\n");
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private List<String> run(Map<String, String> locale, String... arguments) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(folder.resolve("app/bin/secure-chat").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.command().addAll(List.of(arguments));
    builder.environment().keySet().removeIf(name -> name.equals("LANG") || name.startsWith("LC_"));
    builder.environment().putAll(locale);
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    Process process = builder.start();
    process.getOutputStream().close();
    List<String> printed =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), printed::toString);
    return printed;
  }

  @Test
  void java_started_hasTheCallersCharacterSet() throws Exception {
    assertEquals("LC_ALL=de_DE.UTF-8", run(Map.of("LC_ALL", "de_DE.UTF-8"), "client").get(0));
    assertEquals("LC_ALL=unset", run(Map.of("LANG", "de_DE.UTF-8"), "client").get(0));
    assertEquals("LC_ALL=unset", run(Map.of("LC_CTYPE", "de_DE.UTF-8"), "client").get(0));
    assertEquals("LC_ALL=C.UTF-8", run(Map.of(), "client").get(0));
  }

  @Test
  void client_started_hasRoomForTheLargestKeyDerivation() throws Exception {
    List<String> client = run(Map.of(), "client", "whoami");
    assertTrue(client.contains("-Xmx2g"), client.toString());
    assertFalse(client.contains("-XX:+ExitOnOutOfMemoryError"), client.toString());

    List<String> server = run(Map.of(), "check-config");
    assertTrue(server.contains("-Xmx512m"), server.toString());
    assertTrue(server.contains("-XX:+ExitOnOutOfMemoryError"), server.toString());
  }
}
