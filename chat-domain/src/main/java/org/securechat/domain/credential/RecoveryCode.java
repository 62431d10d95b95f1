package org.securechat.domain.credential;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;

/**
 * A code that replaces the second factor once: {@code xxxx-xxxx-xxxx-xxxx} over 32 letters and
 * digits, 80 random bits, so that a plain hash of it can't be guessed at.
 */
public final class RecoveryCode {
  /** How many an account gets. */
  public static final int COUNT = 10;

  /** Without {@code i l o u}, which are misread (Crockford's base32). */
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

  private static final int LETTERS = 16;
  private static final int GROUP = 4;

  private final String text;

  private RecoveryCode(String text) {
    this.text = text;
  }

  /** Draws {@value #COUNT} new codes. */
  public static List<RecoveryCode> draw(RandomSource random) {
    List<RecoveryCode> codes = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      StringBuilder text = new StringBuilder();
      byte[] bytes = random.bytes(LETTERS);
      for (int j = 0; j < LETTERS; j++) {
        if (j > 0 && j % GROUP == 0) {
          text.append('-');
        }
        text.append(ALPHABET.charAt(bytes[j] & (ALPHABET.length() - 1)));
      }
      codes.add(new RecoveryCode(text.toString()));
    }
    return List.copyOf(codes);
  }

  /**
   * Takes one that somebody typed: case, dashes and blanks don't matter, and letters that are
   * easily misread count as what they look like. Any other text is a code that nobody has.
   */
  public static RecoveryCode presented(String typed) {
    String letters =
        typed
            .toLowerCase(Locale.ROOT)
            .replaceAll("[\\s-]", "")
            .replace('o', '0')
            .replace('i', '1')
            .replace('l', '1');
    return new RecoveryCode(
        letters.length() == LETTERS ? letters.replaceAll("(?<=.)(?=(.{4})+$)", "-") : typed);
  }

  /** What is stored: a hash bound to the user. */
  public Sha256 hashFor(UserId user) {
    return Sha256.of(
        ("secure-chat/v1/recovery-code\n" + user.value() + "\n" + text)
            .getBytes(StandardCharsets.UTF_8));
  }

  /** The code's text, to show its owner once. */
  public String secretText() {
    return text;
  }

  @Override
  public String toString() {
    return "RecoveryCode[secret]";
  }
}
