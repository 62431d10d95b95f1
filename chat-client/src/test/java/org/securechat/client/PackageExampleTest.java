package org.securechat.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.Username;
import org.securechat.protocol.key.Password;
import org.securechat.testkit.TestClock;

/** Runs the example of the package's documentation, and holds the two texts to each other. */
class PackageExampleTest {
  private static final String BEGIN = "// example " + "begins";
  private static final String END = "// example " + "ends";

  private final List<String> kept = new ArrayList<>();

  @Test
  void example_ofTheDocumentation_runs() {
    try (FakeServer fake = new FakeServer()) {
      new FakeAccount(fake);
      run(fake.url(), TestClock.atNoon());

      assertEquals("/api/sessions/other-1", fake.last().target());
    }
    assertEquals(1 + FakeAccount.RECOVERY_CODES.size(), kept.size());
  }

  private void run(String server, Clock clock) {
    // example begins
    ChatClient chat = ChatClient.to(server, clock); // "https://chat.example.org", Clock.systemUTC()
    EmailAddress email = new EmailAddress("alice@example.org");
    Password password = Password.of(ask("Password"));

    SignUp signUp = chat.register(email, new Username("alice"), password);
    show(signUp.secret().provisioningUri()); // for an authenticator
    SignedUp done = signUp.confirm(ask("Code"));
    keepSafe(done.recoveryCodes().secretTexts());
    done.session().logOut();

    // On any other device: nothing but email, password and a code.
    ChatSession alice = chat.logIn(email, password, SecondFactor.totp(ask("Code")));
    for (SessionInfo session : alice.sessions()) {
      if (!session.current()) {
        alice.endSession(session.id());
      }
    }
    // example ends
  }

  private static String ask(String what) {
    return what.equals("Code") ? FakeAccount.CODE : "correct horse";
  }

  private void show(String text) {
    kept.add(text);
  }

  private void keepSafe(List<String> texts) {
    kept.addAll(texts);
  }

  @Test
  void example_inTheDocumentation_isTheOneThatRuns() throws IOException {
    String base = System.getProperty("basedir", ".");
    String code =
        Files.readString(
            Path.of(base, "src/test/java/org/securechat/client/PackageExampleTest.java"));
    String ran = code.substring(code.lastIndexOf(BEGIN) + BEGIN.length(), code.lastIndexOf(END));
    String documentation =
        Files.readString(Path.of(base, "src/main/java/org/securechat/client/package-info.java"))
            .replaceAll("(?m)^ \\*", "");
    String shown =
        documentation.substring(
            documentation.indexOf("<pre>{@code") + "<pre>{@code".length(),
            documentation.indexOf("}</pre>"));

    assertTrue(shown.contains("ChatClient.to"));
    assertEquals(ran.replaceAll("\\s+", " "), shown.replaceAll("\\s+", " "));
  }
}
