package org.securechat.http.json;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * The members of a JSON object (RFC 8259) that was read strictly. Nested objects and arrays stay
 * slices of the received bytes until somebody asks, so those must not change. May be shared between
 * threads. A member that is null counts as absent.
 *
 * <p>The typed accessors throw {@link InvalidValueException} for a value of another type, with a
 * sentence for people such as {@code Must be a string}: it doesn't name the member.
 */
public final class JsonObject {
  private static final JsonObject EMPTY = new JsonObject(Map.of());

  private final Map<String, JsonMember> members;

  JsonObject(Map<String, JsonMember> members) {
    this.members = members;
  }

  /** An object without members. */
  public static JsonObject empty() {
    return EMPTY;
  }

  /** Whether there is such a member with a value that is not null. */
  public boolean has(String name) {
    return member(name) != null;
  }

  /** The decoded names, of null members too, in the order received. */
  public Set<String> names() {
    return Collections.unmodifiableSet(members.keySet());
  }

  /** A string's decoded value. */
  public Optional<String> string(String name) {
    return Optional.ofNullable(member(name)).map(JsonObject::asString);
  }

  /** A number without fraction and exponent, within the range of a long. */
  public Optional<Long> integer(String name) {
    return Optional.ofNullable(member(name)).map(JsonObject::asInteger);
  }

  /** True or false. */
  public Optional<Boolean> bool(String name) {
    return Optional.ofNullable(member(name)).map(JsonObject::asBoolean);
  }

  /** A nested object, read at each call. */
  public Optional<JsonObject> object(String name) {
    return Optional.ofNullable(member(name)).map(JsonObject::asObject);
  }

  /** An array of at most so many strings and nothing else, read at each call. */
  public Optional<List<String>> strings(String name, int max) {
    return array(name, max, JsonObject::asString, "Must be an array of strings");
  }

  /** An array of at most so many integers and nothing else, read at each call. */
  public Optional<List<Long>> integers(String name, int max) {
    return array(name, max, JsonObject::asInteger, "Must be an array of integers");
  }

  /** An array of at most so many objects and nothing else, read at each call. */
  public Optional<List<JsonObject>> objects(String name, int max) {
    return array(name, max, JsonObject::asObject, "Must be an array of objects");
  }

  /** The value as the accessors see it: null for an absent one and for a null. */
  @Nullable JsonMember member(String name) {
    JsonMember member = members.get(name);
    return member == JsonMember.Null.NULL ? null : member;
  }

  private <T> Optional<List<T>> array(
      String name, int max, Function<JsonMember, T> element, String sentence) {
    JsonMember member = member(name);
    if (member == null) {
      return Optional.empty();
    }
    if (!(member instanceof JsonMember.Nested nested) || nested.object()) {
      throw new InvalidValueException(sentence);
    }
    List<JsonMember> elements =
        JsonText.readPart(
            nested,
            text -> {
              text.expect(JsonToken.START_ARRAY);
              return text.elements(max);
            });
    List<T> values = new ArrayList<>(elements.size());
    for (JsonMember each : elements) {
      try {
        values.add(element.apply(each));
      } catch (InvalidValueException e) {
        throw new InvalidValueException(sentence);
      }
    }
    return Optional.of(Collections.unmodifiableList(values));
  }

  private static String asString(JsonMember member) {
    if (member instanceof JsonMember.Text text) {
      return text.value();
    }
    throw new InvalidValueException("Must be a string");
  }

  private static Long asInteger(JsonMember member) {
    int longestLong = 20;
    if (member instanceof JsonMember.NumberText number && number.text().length() <= longestLong) {
      try {
        return Long.valueOf(number.text());
      } catch (NumberFormatException e) {
        throw new InvalidValueException("Must be an integer");
      }
    }
    throw new InvalidValueException("Must be an integer");
  }

  private static Boolean asBoolean(JsonMember member) {
    if (member instanceof JsonMember.Bool bool) {
      return bool == JsonMember.Bool.TRUE;
    }
    throw new InvalidValueException("Must be true or false");
  }

  private static JsonObject asObject(JsonMember member) {
    if (member instanceof JsonMember.Nested nested && nested.object()) {
      return JsonText.readPart(
          nested,
          text -> {
            text.expect(JsonToken.START_OBJECT);
            return new JsonObject(text.members());
          });
    }
    throw new InvalidValueException("Must be an object");
  }

  /** Names only: values may be secrets. */
  @Override
  public String toString() {
    return "JsonObject" + members.keySet();
  }
}
