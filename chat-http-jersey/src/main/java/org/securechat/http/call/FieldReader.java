package org.securechat.http.call;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.http.json.JsonObject;

/**
 * Reads the fields of a form and collects one fault per field, so that the answer names every bad
 * field at once. A field that is null is not there. Used by one thread.
 */
public final class FieldReader {
  private final JsonObject data;
  private final FieldFaults faults = new FieldFaults();

  public FieldReader(JsonObject data) {
    this.data = data;
  }

  /** A string that must be there and be in form. */
  public <T> Field<T> required(String name, Function<String, T> form) {
    return faults.required(name, () -> data.string(name).map(form));
  }

  /** A string that is in form if it is there. */
  public <T> Field<Optional<T>> optional(String name, Function<String, T> form) {
    return faults.optional(name, () -> data.string(name).map(form));
  }

  /** An integer that must be there, from {@code min} to {@code max}. */
  public Field<Long> integer(String name, long min, long max) {
    return faults.required(name, () -> integerWithin(name, min, max));
  }

  /** An integer that is within these bounds if it is there. */
  public Field<Optional<Long>> optionalInteger(String name, long min, long max) {
    return faults.optional(name, () -> integerWithin(name, min, max));
  }

  private Optional<Long> integerWithin(String name, long min, long max) {
    return data.integer(name).map(value -> FieldFaults.within(value, min, max));
  }

  /** An object that must be there and be in form; its own members are one field. */
  public <T> Field<T> object(String name, Function<JsonObject, T> form) {
    return faults.required(name, () -> data.object(name).map(form));
  }

  /** An object that is in form if it is there; its own members are one field. */
  public <T> Field<Optional<T>> optionalObject(String name, Function<JsonObject, T> form) {
    return faults.optional(name, () -> data.object(name).map(form));
  }

  /** At most so many objects, each in form, in an array that must be there. */
  public <T> Field<List<T>> objects(String name, int max, Function<JsonObject, T> form) {
    return faults.required(
        name, () -> data.objects(name, max).map(all -> all.stream().map(form).toList()));
  }

  /** At most so many strings, each in form, in an array; none if it isn't there. */
  public <T> Field<List<T>> optionalStrings(String name, int max, Function<String, T> form) {
    return faults.optional(
        name, () -> data.strings(name, max).orElse(List.of()).stream().map(form).toList());
  }

  /** At most so many integers, each in form, in an array; none if it isn't there. */
  public <T> Field<List<T>> optionalIntegers(String name, int max, Function<Long, T> form) {
    return faults.optional(
        name, () -> data.integers(name, max).orElse(List.of()).stream().map(form).toList());
  }

  /**
   * An object of at most so many members that must be there, whose names are ids in decimal and
   * whose values are integers; in the order received.
   *
   * @param id refuses an id that is out of its range
   * @param value refuses a value that is out of its range
   */
  public <K, V> Field<Map<K, V>> integersById(
      String name, int max, Function<Long, K> id, Function<Long, V> value) {
    return object(name, object -> byId(object, max, id, value));
  }

  private static <K, V> Map<K, V> byId(
      JsonObject object, int max, Function<Long, K> id, Function<Long, V> value) {
    if (object.names().size() > max) {
      throw new InvalidValueException("Must have at most " + max + " members");
    }
    Map<K, V> values = new LinkedHashMap<>();
    for (String each : object.names()) {
      long key =
          DecimalText.parse(each)
              .orElseThrow(() -> new InvalidValueException("Must have ids as names"));
      values.put(
          id.apply(key),
          value.apply(
              object
                  .integer(each)
                  .orElseThrow(() -> new InvalidValueException("Must have integers as values"))));
    }
    return values;
  }

  /** Whether the member is there. */
  public boolean has(String name) {
    return data.has(name);
  }

  /** Whether any field read so far has a fault. */
  public boolean hasFault() {
    return faults.any();
  }

  /** Notes a fault that only the form as a whole shows. */
  public <T> Field<T> fault(String name, String sentence) {
    return faults.fault(name, sentence);
  }

  /**
   * Ends the reading.
   *
   * @throws RejectedException with INVALID_REQUEST if any field has a fault
   */
  public void requireNoFault() {
    faults.requireNone();
  }

  /** A field that has been read; its value can be had once no field has a fault. */
  public static final class Field<T> {
    private final FieldFaults faults;
    private final @Nullable T value;

    Field(FieldFaults faults, @Nullable T value) {
      this.faults = faults;
      this.value = value;
    }

    /**
     * The field's value.
     *
     * @throws RejectedException with INVALID_REQUEST if any field of the form has a fault
     */
    public T get() {
      faults.requireNone();
      if (value == null) {
        throw new IllegalStateException("A field without a fault has a value");
      }
      return value;
    }
  }
}
