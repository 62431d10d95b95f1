package org.securechat.protocol.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.securechat.domain.identity.EmailAddress;

/** A JVM whose heap is smaller than what Argon2id takes. */
class SmallHeapTest {

  /** What runs there. */
  static final class Device {
    private Device() {}

    public static void main(String... arguments) {
      try {
        PasswordKeys.derive(new EmailAddress("a@b"), Password.of("x"), PasswordKdf.STANDARD);
        System.out.println("derived");
      } catch (TooLittleMemoryException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void derive_heapTooSmall_saysSo() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-cp",
                System.getProperty("java.class.path"),
                Device.class.getName())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals("Stretching the password takes 65536 KiB, more than there is", printed.strip());
  }
}
