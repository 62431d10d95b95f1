package org.securechat.protocol.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * The members of an object that {@link StrictJson} has read, by their kinds. What is not there, or
 * of another kind, ends in an {@link InvalidValueException} that names the member and never quotes
 * it.
 */
public final class StrictMembers {
  private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

  private StrictMembers() {}

  public static String text(Map<?, ?> members, String name) {
    return required(optionalText(members, name), name);
  }

  /** A text; empty where the member is absent or null. */
  public static Optional<String> optionalText(Map<?, ?> members, String name) {
    return optional(members, name, String.class);
  }

  /**
   * A time (RFC 3339) of the years 1970 to 9999: what is reckoned with others stays a time, and has
   * the length that readers expect.
   */
  public static Instant time(Map<?, ?> members, String name) {
    try {
      Instant time = Timestamps.parse(text(members, name));
      if (!time.isBefore(Instant.EPOCH) && time.isBefore(YEAR_10000)) {
        return time;
      }
    } catch (DateTimeException e) {
      // Said below: no time at all is no other fault.
    }
    throw new InvalidValueException("Another kind of " + name);
  }

  public static long number(Map<?, ?> members, String name) {
    return required(optionalNumber(members, name), name);
  }

  /** An integer; empty where the member is absent or null. */
  public static Optional<Long> optionalNumber(Map<?, ?> members, String name) {
    return optional(members, name, Long.class);
  }

  /** True or false; false where the member is absent or null. */
  public static boolean flag(Map<?, ?> members, String name) {
    return optional(members, name, Boolean.class).orElse(false);
  }

  public static Map<?, ?> object(Map<?, ?> members, String name) {
    return required(optional(members, name, Map.class), name);
  }

  public static List<Map<?, ?>> objects(Map<?, ?> members, String name) {
    List<Map<?, ?>> objects = new ArrayList<>();
    for (Object item : required(optional(members, name, List.class), name)) {
      if (!(item instanceof Map<?, ?> object)) {
        throw new InvalidValueException("Another kind of " + name);
      }
      objects.add(object);
    }
    return objects;
  }

  private static <T> T required(Optional<T> value, String name) {
    return value.orElseThrow(() -> new InvalidValueException("No " + name));
  }

  private static <T> Optional<T> optional(Map<?, ?> members, String name, Class<T> type) {
    Object value = members.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      throw new InvalidValueException("Another kind of " + name);
    }
    return Optional.of(type.cast(value));
  }
}
