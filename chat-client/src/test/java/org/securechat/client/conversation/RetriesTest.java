package org.securechat.client.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.securechat.client.failure.ChatException;
import org.securechat.client.failure.RefusedException;
import org.securechat.client.failure.UnavailableException;
import org.securechat.client.failure.UnreachableException;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.domain.identity.RandomSource;

class RetriesTest {
  private static final RandomSource NO_JITTER = byte[]::new;

  /** The pauses that were made, in their order. */
  private final List<Duration> pauses = new ArrayList<>();

  private int calls;

  private Retries retries(RandomSource random) {
    return new Retries(pauses::add, random);
  }

  /** A call that fails, at first or always. */
  private String call(ChatException failure, int failures) {
    calls++;
    if (calls <= failures) {
      throw failure;
    }
    return "answer";
  }

  private static UnavailableException unavailable(@Nullable Duration retryAfter) {
    return new UnavailableException(503, "unavailable", "Busy", retryAfter);
  }

  private static RefusedException refused(String code, @Nullable Duration retryAfter) {
    return new RefusedException(429, code, "Too many", Map.of(), retryAfter, null);
  }

  private static List<Duration> millis(long... waits) {
    return Arrays.stream(waits).mapToObj(Duration::ofMillis).toList();
  }

  @Test
  void repeat_failsForEver_waitsTwiceAsLongEachTimeAndGivesUp() {
    UnreachableException failure = new UnreachableException("No answer", null);

    assertSame(
        failure,
        assertThrows(
            UnreachableException.class,
            () -> retries(NO_JITTER).repeat(() -> call(failure, Integer.MAX_VALUE))));

    assertEquals(6, calls);
    assertEquals(millis(200, 400, 800, 1_600, 3_200), pauses);
  }

  @Test
  void repeat_failsAtFirst_answersAndAsksNoMore() {
    assertEquals("answer", retries(NO_JITTER).repeat(() -> call(unavailable(null), 2)));

    assertEquals(3, calls);
    assertEquals(millis(200, 400), pauses);
  }

  static Stream<ChatException> failuresThatNameAWait() {
    Duration wait = Duration.ofSeconds(7);
    return Stream.of(unavailable(wait), refused("rate_limited", wait));
  }

  @ParameterizedTest
  @MethodSource("failuresThatNameAWait")
  void repeat_serverNamesAWait_waitsThatLongEachTime(ChatException failure) {
    assertEquals("answer", retries(NO_JITTER).repeat(() -> call(failure, 3)));

    assertEquals(millis(7_000, 7_000, 7_000), pauses);
  }

  @Test
  void repeat_waitAtTheLimitAndAbove_isWaitedAndGivenUp() {
    assertEquals(
        "answer", retries(NO_JITTER).repeat(() -> call(unavailable(Duration.ofSeconds(30)), 1)));
    assertEquals(millis(30_000), pauses);

    calls = 0;
    UnavailableException tooLong = unavailable(Duration.ofSeconds(30).plusMillis(1));
    assertSame(
        tooLong,
        assertThrows(
            UnavailableException.class, () -> retries(NO_JITTER).repeat(() -> call(tooLong, 1))));
    assertEquals(1, calls);
    assertEquals(millis(30_000), pauses);
  }

  @ParameterizedTest
  @CsvSource({"0, 200000000", "-128, 250000000", "-1, 299998474"})
  void repeat_jitter_isUpToHalfOfTheWaitAgain(byte drawn, long nanos) {
    RandomSource random =
        count -> {
          byte[] bytes = new byte[count];
          Arrays.fill(bytes, drawn == -1 ? drawn : 0);
          bytes[0] = drawn;
          return bytes;
        };

    retries(random).repeat(() -> call(unavailable(null), 1));

    assertEquals(List.of(Duration.ofNanos(nanos)), pauses);
  }

  static Stream<ChatException> failuresThatStay() {
    return Stream.of(
        refused("forbidden", Duration.ofSeconds(1)), new UntrustedAnswerException("Not JSON"));
  }

  @ParameterizedTest
  @MethodSource("failuresThatStay")
  void repeat_failureThatRepeatingDoesNotMend_isThrownAtOnce(ChatException failure) {
    assertSame(
        failure,
        assertThrows(ChatException.class, () -> retries(NO_JITTER).repeat(() -> call(failure, 1))));

    assertEquals(1, calls);
    assertEquals(List.of(), pauses);
  }

  @Test
  void repeat_threadIsToStop_throwsTheFailureAndStaysInterrupted() {
    Retries retries =
        new Retries(
            duration -> {
              throw new InterruptedException();
            },
            NO_JITTER);

    assertThrows(
        UnavailableException.class, () -> retries.repeat(() -> call(unavailable(null), 1)));

    assertTrue(Thread.interrupted());
    assertEquals(1, calls);
  }
}
