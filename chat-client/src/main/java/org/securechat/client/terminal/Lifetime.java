package org.securechat.client.terminal;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.securechat.client.conversation.Conversation;

/** How long a message lives, as people type it. */
final class Lifetime {
  private static final int MAX_DIGITS = 9;

  private enum Unit {
    S(1),
    M(60),
    H(3_600),
    D(86_400),
    W(604_800);

    private final long seconds;

    Unit(long seconds) {
      this.seconds = seconds;
    }

    char letter() {
      return Character.toLowerCase(name().charAt(0));
    }

    static Optional<Unit> of(char letter) {
      return Arrays.stream(values()).filter(each -> each.letter() == letter).findFirst();
    }
  }

  private Lifetime() {}

  /**
   * Reads one, such as {@code 30s}, {@code 5m}, {@code 1h}, {@code 7d} or {@code 2w}.
   *
   * @throws UsageException for anything else, and more than a year
   */
  static Duration parse(String text) {
    int digits = text.length() - 1;
    Optional<Unit> unit =
        digits >= 1
                && digits <= MAX_DIGITS
                && text.chars().limit(digits).allMatch(Lifetime::isDigit)
            ? Unit.of(text.charAt(digits))
            : Optional.empty();
    return unit.map(
            each -> Duration.ofSeconds(Long.parseLong(text.substring(0, digits)) * each.seconds))
        .filter(
            lifetime -> !lifetime.isZero() && lifetime.compareTo(Conversation.MAX_LIFETIME) <= 0)
        .orElseThrow(
            () -> new UsageException("A time is 30s, 5m, 1h, 7d or 2w, and a year at most."));
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** In the largest unit that it is a whole number of. */
  static String text(Duration lifetime) {
    long seconds = lifetime.toSeconds();
    Unit unit =
        Arrays.stream(Unit.values())
            .filter(each -> seconds % each.seconds == 0)
            .max(Comparator.naturalOrder())
            .orElse(Unit.S);
    return seconds / unit.seconds + String.valueOf(unit.letter());
  }
}
