package org.securechat.domain.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.securechat.domain.identity.ExactInteger;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.ConversationId;

class ListCursorTest {
  private static final Instant LATEST = Instant.ofEpochMilli(ExactInteger.MAX);

  /** With the largest ids there are. */
  private static ListCursor cursor(int recent) {
    Set<ConversationId> ids =
        LongStream.range(0, recent)
            .mapToObj(i -> new ConversationId(ExactInteger.MAX - i))
            .collect(Collectors.toSet());
    return new ListCursor(
        LATEST, new ActivityMark(LATEST, new ConversationId(ExactInteger.MAX)), true, ids);
  }

  @Test
  void parse_recentAtTheLimitAndAbove_areReadAndRefused() {
    ListCursor largest = cursor(ListCursor.MAX_RECENT);

    assertEquals(largest, ListCursor.parse(largest.text()));
    String larger = cursor(ListCursor.MAX_RECENT + 1).text();
    assertThrows(InvalidValueException.class, () -> ListCursor.parse(larger));
  }

  @Test
  void parse_textAtTheLimitAndAbove_isReadAndRefused() {
    // Zeros before a number say nothing.
    String begin = "0.";
    String end = "1.1.1";
    int room = 4096 / 4 * 3;
    String longest = begin + "0".repeat(room - begin.length() - end.length()) + end;

    assertEquals(4096, encode(longest).length());
    assertEquals(Instant.ofEpochMilli(1), ListCursor.parse(encode(longest)).begun());
    String longer = encode(longest.replaceFirst("0\\.", "0.0"));
    assertThrows(InvalidValueException.class, () -> ListCursor.parse(longer));
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }
}
