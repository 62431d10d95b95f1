package org.securechat.domain.conversation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.securechat.domain.identity.ExactInteger;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.ConversationId;

/**
 * Where the next page of a list of conversations begins.
 *
 * @param begun when the first page was read, milliseconds
 * @param position the last conversation of the pages so far
 * @param rewound whether the least recent is reached, so that those follow that moved meanwhile
 * @param recent conversations of the pages so far that had moved shortly before {@code begun}; not
 *     always all
 */
record ListCursor(
    Instant begun, ActivityMark position, boolean rewound, Set<ConversationId> recent) {
  /** What is remembered in the text of a cursor. */
  static final int MAX_RECENT = 100;

  private static final int MAX_TEXT = 4096;
  private static final int HEAD = 4;

  ListCursor {
    recent = Set.copyOf(recent);
  }

  /** A text for URLs, which says nothing that its receiver does not know. */
  String text() {
    List<String> parts = new ArrayList<>();
    parts.add(rewound ? "1" : "0");
    parts.add(Long.toString(begun.toEpochMilli(), Character.MAX_RADIX));
    parts.add(Long.toString(position.at().toEpochMilli(), Character.MAX_RADIX));
    parts.add(Long.toString(position.id().value(), Character.MAX_RADIX));
    recent.forEach(id -> parts.add(Long.toString(id.value(), Character.MAX_RADIX)));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(String.join(".", parts).getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Reads a text that {@link #text()} gave.
   *
   * @throws InvalidValueException for any other
   */
  static ListCursor parse(String text) {
    try {
      if (text.length() <= MAX_TEXT) {
        String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
        List<String> parts = List.of(decoded.split("\\.", -1));
        if (parts.size() >= HEAD && parts.size() <= HEAD + MAX_RECENT) {
          return read(parts);
        }
      }
    } catch (IllegalArgumentException | InvalidValueException e) {
      // Base64, number or id: no cursor of ours.
    }
    throw new InvalidValueException("Must be the cursor of an earlier page");
  }

  private static ListCursor read(List<String> parts) {
    return new ListCursor(
        Instant.ofEpochMilli(number(parts.get(1))),
        new ActivityMark(
            Instant.ofEpochMilli(number(parts.get(2))), new ConversationId(number(parts.get(3)))),
        switch (parts.get(0)) {
          case "0" -> false;
          case "1" -> true;
          default -> throw new IllegalArgumentException("No cursor begins like this");
        },
        parts.stream()
            .skip(HEAD)
            .map(part -> new ConversationId(number(part)))
            .collect(Collectors.toSet()));
  }

  private static long number(String text) {
    long number = Long.parseLong(text, Character.MAX_RADIX);
    if (number < 0 || number > ExactInteger.MAX) {
      throw new IllegalArgumentException("No cursor has such a number");
    }
    return number;
  }
}
