package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.testkit.TestUser;

/**
 * Plants secrets in every field that takes one, and looks for them in everything that was written.
 */
class SecrecyTest {
  private static final String SECRET_KEY = "canary-secret-key-0123456789abcdef0123456789";

  @TempDir Path folder;

  private final TestAccount alice = new TestAccount(TestUser.named("alice"), Clock.systemUTC());
  private final Map<String, String> canaries = new LinkedHashMap<>();

  private byte[] everythingStored() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes.write(Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static boolean contains(byte[] haystack, String needle) {
    String text = new String(haystack, StandardCharsets.ISO_8859_1);
    byte[] utf8 = needle.getBytes(StandardCharsets.UTF_8);
    return text.contains(new String(utf8, StandardCharsets.ISO_8859_1));
  }

  /**
   * Goes through every endpoint, rightly and wrongly, noting each secret that is sent or received.
   */
  private void useEverything(TestApi api) {
    canaries.put("SECRET_KEY", SECRET_KEY);
    canaries.put("password hash", alice.user().passwordHash());
    canaries.put(
        "encrypted private key",
        new String(alice.user().encryptedPrivateKey().toByteArray(), StandardCharsets.US_ASCII));

    TestApi.Answer begun = api.post("/api/register", alice.signedRegistration());
    String secret = begun.get("secret");
    canaries.put("totp secret", secret);
    canaries.put("pending token", api.cookie().orElseThrow());
    String wrong = alice.wrongCode(secret);
    api.post("/api/register/verify-2fa", alice.signedCode(wrong));
    TestApi.Answer confirmed =
        api.post("/api/register/verify-2fa", alice.signedCode(alice.code(secret, 0)));
    assertEquals(201, confirmed.status());
    canaries.put("recovery code", confirmed.get("recovery_codes.0"));
    canaries.put("first token", api.cookie().orElseThrow());
    assertEquals(200, api.post("/api/login", alice.signedLogin(alice.code(secret, 1))).status());
    canaries.put("second token", api.cookie().orElseThrow());
    assertEquals(200, api.post("/api/me", alice.sign("{}")).status());

    String planted = "canary-in-a-broken-request";
    canaries.put("planted", planted);
    api.post("/api/login", "{\"password_hash\":\"" + planted);
    api.post("/api/login?token=" + planted, alice.sign("{\"password_hash\":\"" + planted + "\"}"));
    api.post(
        "/api/login",
        alice.sign(
            "{\"username\":\"alice\",\"password_hash\":\"%s\",\"totp_code\":\"%s\"}"
                .formatted(planted, wrong)));
    api.post("/api/me", alice.sign("{\"" + planted + "\":{\"" + planted + "\":1}}"));
    api.post(
        "/api/register",
        alice.sign("{\"password_hash\":\"%s\",\"public_key\":\"%s\"}".formatted(planted, planted)));
    api.send(api.request("/api/me").header("X-Signature-Data", planted).GET());
    String token = api.cookie().orElseThrow();
    api.useCookie(planted);
    api.post("/api/me", alice.sign("{}"));
    api.useCookie(token);
    assertEquals(200, api.post("/api/logout", alice.sign("{\"bye\":1}")).status());
  }

  private List<String> leakedInto(String where, byte[] written) {
    List<String> leaks = new ArrayList<>();
    canaries.forEach((name, value) -> {
      String base64 = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
      if (contains(written, value) || contains(written, base64)) {
        leaks.add(name + " in " + where);
      }
    });
    return leaks;
  }

  @Test
  void secrets_plantedEverywhere_areWrittenNowhere() {
    Map<String, String> settings =
        Map.of(
            "CHAT_ENV", "production",
            "SECRET_KEY", SECRET_KEY,
            "PORT", "0",
            "LOG_LEVEL", "debug");
    try (ServerProcess server = ServerProcess.serve(folder, settings)) {
      useEverything(new TestApi(server.url()));
      List<String> leaks = new ArrayList<>(leakedInto("the database", everythingStored()));
      server.terminate();
      assertEquals(0, server.await());
      leaks.addAll(leakedInto("the database after its end", everythingStored()));
      byte[] log = server.errors().getBytes(StandardCharsets.UTF_8);
      leaks.addAll(leakedInto("the log", log));
      leaks.addAll(
          leakedInto(
              "the output", String.join("\n", server.printed()).getBytes(StandardCharsets.UTF_8)));

      assertEquals(List.of(), leaks);
      assertTrue(
          contains(log, "POST \\/api\\/login 200"), "the log is empty, so the test is blind");
    }
  }

  @Test
  void search_ofAPlantedSecret_findsIt() {
    canaries.put("planted", "canary");

    assertFalse(leakedInto("a text", "a canary sings".getBytes(StandardCharsets.UTF_8)).isEmpty());
  }
}
