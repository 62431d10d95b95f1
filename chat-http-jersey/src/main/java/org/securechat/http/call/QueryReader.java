package org.securechat.http.call;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.http.call.FieldReader.Field;

/**
 * Reads the parameters of a query, in the form that pages and {@code URLSearchParams} write ({@code
 * application/x-www-form-urlencoded}: a plus is a space), and collects one fault per parameter like
 * {@link FieldReader}. It is read strictly, unlike Jersey's: what is no UTF-8, and a parameter that
 * comes twice, is a fault. Parameters that nobody asks for are not looked at. Used by one thread.
 */
public final class QueryReader {
  private final Map<String, List<String>> raw = new HashMap<>();
  private final FieldFaults faults = new FieldFaults();

  /** Reads the query as it was sent; the connector bounds its length. */
  public QueryReader(ContainerRequestContext request) {
    this(request.getUriInfo().getRequestUri().getRawQuery());
  }

  QueryReader(@Nullable String query) {
    for (String pair : query == null ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      decode(name)
          .ifPresent(decoded ->
              raw.computeIfAbsent(decoded, any -> new ArrayList<>())
                  .add(equals < 0 ? "" : pair.substring(equals + 1)));
    }
  }

  /** A parameter that must be there and be in form. */
  public <T> Field<T> required(String name, Function<String, T> form) {
    return faults.required(name, () -> text(name).map(form));
  }

  /** A parameter that is in form if it is there. */
  public <T> Field<Optional<T>> optional(String name, Function<String, T> form) {
    return faults.optional(name, () -> text(name).map(form));
  }

  /** A parameter in decimal digits, from {@code min}, which is not negative, to {@code max}. */
  public Field<Optional<Long>> optionalInteger(String name, long min, long max) {
    return optional(name, text -> FieldFaults.within(decimal(text), min, max));
  }

  /** The same, of which there is one unless another is given. */
  public Field<Long> integer(String name, long min, long max, long otherwise) {
    return faults.optional(
        name,
        () ->
            text(name).map(text -> FieldFaults.within(decimal(text), min, max)).orElse(otherwise));
  }

  /** Whether the parameter is there, in form or not. */
  public boolean has(String name) {
    return raw.containsKey(name);
  }

  /** Notes a fault that only the parameters together show. */
  public <T> Field<T> fault(String name, String sentence) {
    return faults.fault(name, sentence);
  }

  /**
   * Ends the reading.
   *
   * @throws RejectedException with INVALID_REQUEST if any parameter has a fault
   */
  public void requireNoFault() {
    faults.requireNone();
  }

  private Optional<String> text(String name) {
    List<String> values = raw.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw new InvalidValueException("Must be given once");
    }
    if (values.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        decode(values.get(0))
            .orElseThrow(() -> new InvalidValueException("Must be percent-encoded UTF-8")));
  }

  /** Digits without a sign or zeros before them: each number has one spelling. */
  private static long decimal(String text) {
    return DecimalText.parse(text)
        .orElseThrow(() -> new InvalidValueException("Must be an integer"));
  }

  private static Optional<String> decode(String encoded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%') {
        int high = i + 2 < encoded.length() ? digit(encoded, i + 1) : -1;
        int low = high < 0 ? -1 : digit(encoded, i + 2);
        if (low < 0) {
          return Optional.empty();
        }
        bytes.write(high << 4 | low);
        i += 2;
      } else {
        bytes.write(
            c == '+' ? ' ' : c); // ASCII, as every target is that the connector lets through
      }
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static int digit(String text, int at) {
    char c = text.charAt(at);
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
