package org.securechat.http.call;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.http.call.FieldReader.Field;

/** One fault for each bad field, so that an answer names all of them. Used by one thread. */
final class FieldFaults {
  private final Map<String, String> faults = new LinkedHashMap<>();

  /**
   * Reads a field that must be there.
   *
   * @param value throws {@link InvalidValueException} for what is out of form
   */
  <T> Field<T> required(String name, Supplier<Optional<T>> value) {
    return this.<Optional<T>>judge(name, value)
        .map(read ->
            read.isPresent() ? new Field<>(this, read.get()) : this.<T>fault(name, "Is required"))
        .orElseGet(() -> new Field<>(this, null));
  }

  /** Reads a field that need not be there, or has a value anyway. */
  <T> Field<T> optional(String name, Supplier<T> value) {
    return new Field<>(this, judge(name, value).orElse(null));
  }

  private <T> Optional<T> judge(String name, Supplier<T> value) {
    try {
      return Optional.of(value.get());
    } catch (InvalidValueException e) {
      faults.putIfAbsent(name, e.sentence());
      return Optional.empty();
    }
  }

  /** The first fault of a field stays. */
  <T> Field<T> fault(String name, String sentence) {
    faults.putIfAbsent(name, sentence);
    return new Field<>(this, null);
  }

  boolean any() {
    return !faults.isEmpty();
  }

  void requireNone() {
    if (any()) {
      throw RejectedException.invalidFields(faults);
    }
  }

  static long within(long value, long min, long max) {
    if (value < min || value > max) {
      throw new InvalidValueException("Must be between " + min + " and " + max);
    }
    return value;
  }
}
