package org.securechat.http.call;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.http.json.JsonObject;

/**
 * Reads the fields of a form and collects one fault per field, so that the answer names every bad
 * field at once. Used by one thread.
 */
public final class FieldReader {
  private final JsonObject data;
  private final Map<String, String> faults = new LinkedHashMap<>();

  public FieldReader(JsonObject data) {
    this.data = data;
  }

  /** A string that must be there and be in form. */
  public <T> Field<T> required(String name, Function<String, T> form) {
    if (!data.has(name)) {
      return fault(name, "Is required");
    }
    try {
      return new Field<>(this, data.string(name).map(form).orElseThrow());
    } catch (InvalidValueException e) {
      return fault(name, e.sentence());
    }
  }

  /** A string that is in form if it is there. */
  public <T> Field<Optional<T>> optional(String name, Function<String, T> form) {
    try {
      return new Field<>(this, data.string(name).map(form));
    } catch (InvalidValueException e) {
      return fault(name, e.sentence());
    }
  }

  /** An object that is in form if it is there; its own members are one field. */
  public <T> Field<Optional<T>> optionalObject(String name, Function<JsonObject, T> form) {
    try {
      return new Field<>(this, data.object(name).map(form));
    } catch (InvalidValueException e) {
      return fault(name, e.sentence());
    }
  }

  /** Whether the member is there. */
  public boolean has(String name) {
    return data.has(name);
  }

  /** Whether any field read so far has a fault. */
  public boolean hasFault() {
    return !faults.isEmpty();
  }

  /** Notes a fault that only the form as a whole shows. */
  public <T> Field<T> fault(String name, String sentence) {
    faults.putIfAbsent(name, sentence);
    return new Field<>(this, null);
  }

  /**
   * Ends the reading.
   *
   * @throws RejectedException with INVALID_REQUEST if any field has a fault
   */
  public void requireNoFault() {
    if (!faults.isEmpty()) {
      throw RejectedException.invalidFields(faults);
    }
  }

  /** A field that has been read; its value can be had once no field has a fault. */
  public static final class Field<T> {
    private final FieldReader reader;
    private final @Nullable T value;

    private Field(FieldReader reader, @Nullable T value) {
      this.reader = reader;
      this.value = value;
    }

    /**
     * The field's value.
     *
     * @throws RejectedException with INVALID_REQUEST if any field of the form has a fault
     */
    public T get() {
      reader.requireNoFault();
      if (value == null) {
        throw new IllegalStateException("A field without a fault has a value");
      }
      return value;
    }
  }
}
