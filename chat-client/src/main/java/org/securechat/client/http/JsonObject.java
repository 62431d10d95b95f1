package org.securechat.client.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.protocol.json.StrictJson;
import org.securechat.protocol.json.StrictMembers;

/**
 * An object out of an answer. Whoever asks for a member says what it must be; everything else ends
 * in an {@link UntrustedAnswerException} that names the member and never quotes it.
 */
public final class JsonObject {
  private final Map<String, Object> members;

  private JsonObject(Map<String, Object> members) {
    this.members = members;
  }

  /**
   * Reads one object and nothing behind it.
   *
   * @param utf8 the caller bounds its size
   */
  public static JsonObject parse(byte[] utf8) {
    try {
      return new JsonObject(StrictJson.object(utf8));
    } catch (InvalidValueException e) {
      throw new UntrustedAnswerException("The answer is no JSON object");
    }
  }

  /** A text. */
  public String text(String name) {
    return require(name, String.class);
  }

  /** A text, where the member is neither absent nor null. */
  public Optional<String> optionalText(String name) {
    return members.containsKey(name) ? Optional.of(text(name)) : Optional.empty();
  }

  /** An integer. */
  public long number(String name) {
    return require(name, Long.class);
  }

  /** An integer, where the member is neither absent nor null. */
  public Optional<Long> optionalNumber(String name) {
    return members.containsKey(name) ? Optional.of(number(name)) : Optional.empty();
  }

  /** True or false. */
  public boolean flag(String name) {
    return require(name, Boolean.class);
  }

  /** True or false; false where the member is absent or null. */
  public boolean optionalFlag(String name) {
    return members.containsKey(name) && flag(name);
  }

  /** A time (RFC 3339) of the years 1970 to 9999. */
  public Instant time(String name) {
    try {
      return StrictMembers.time(members, name);
    } catch (InvalidValueException e) {
      throw unfit(name);
    }
  }

  /** An object. */
  public JsonObject object(String name) {
    return object(require(name, Map.class), name);
  }

  /** An object, where the member is neither absent nor null. */
  public Optional<JsonObject> optionalObject(String name) {
    return members.containsKey(name) ? Optional.of(object(name)) : Optional.empty();
  }

  /** A list of objects. */
  public List<JsonObject> objects(String name) {
    return items(name, Map.class).stream().map(item -> object(item, name)).toList();
  }

  /** A list of objects, where the member is neither absent nor null. */
  public Optional<List<JsonObject>> optionalObjects(String name) {
    return members.containsKey(name) ? Optional.of(objects(name)) : Optional.empty();
  }

  /** A list of texts. */
  public List<String> texts(String name) {
    return items(name, String.class);
  }

  /** A text made into a value that has rules of its own. */
  public <T> T text(String name, Function<String, T> type) {
    try {
      return type.apply(text(name));
    } catch (InvalidValueException e) {
      throw unfit(name);
    }
  }

  /** All members, as strict JSON reads them; can't be changed. */
  public Map<String, Object> members() {
    return Collections.unmodifiableMap(members);
  }

  /** The members that are texts. */
  public Map<String, String> textMembers() {
    Map<String, String> texts = new LinkedHashMap<>();
    members.forEach((name, value) -> {
      if (value instanceof String text) {
        texts.put(name, text);
      }
    });
    return texts;
  }

  /** Its names are texts, because it was read by the same reader. */
  private static JsonObject object(Map<?, ?> members, String name) {
    Map<String, Object> object = new LinkedHashMap<>();
    members.forEach((key, value) -> {
      if (!(key instanceof String text)) {
        throw unfit(name);
      }
      object.put(text, value);
    });
    return new JsonObject(object);
  }

  private <T> List<T> items(String name, Class<T> type) {
    List<T> items = new ArrayList<>();
    for (Object item : require(name, List.class)) {
      if (!type.isInstance(item)) {
        throw unfit(name);
      }
      items.add(type.cast(item));
    }
    return List.copyOf(items);
  }

  private <T> T require(String name, Class<T> type) {
    Object value = members.get(name);
    if (!type.isInstance(value)) {
      throw unfit(name);
    }
    return type.cast(value);
  }

  private static UntrustedAnswerException unfit(String name) {
    return new UntrustedAnswerException("The answer has no usable member '" + name + "'");
  }

  /** The names alone: an answer may hold secrets. */
  @Override
  public String toString() {
    return "JsonObject" + members.keySet();
  }
}
