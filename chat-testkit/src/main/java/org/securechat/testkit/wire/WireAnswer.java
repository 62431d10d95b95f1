package org.securechat.testkit.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What came back. */
public final class WireAnswer {
  private final HttpResponse<byte[]> response;

  WireAnswer(HttpResponse<byte[]> response) {
    this.response = response;
  }

  public int status() {
    return response.statusCode();
  }

  public byte[] bytes() {
    return response.body();
  }

  public String body() {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  public Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  /** The header fields but those that differ from answer to answer. */
  public Map<String, List<String>> steadyHeaders() {
    Map<String, List<String>> headers = new TreeMap<>(response.headers().map());
    headers
        .keySet()
        .removeIf(name -> Set.of("x-request-id", "date").contains(name.toLowerCase(Locale.ROOT)));
    return headers;
  }

  /** Lets only this status through. */
  public WireAnswer expect(int status) {
    assertEquals(status, status(), this::body);
    return this;
  }

  /** Lets only this refusal through, such as {@code 409 stale_epoch}. */
  public WireAnswer refused(String statusAndCode) {
    assertEquals(statusAndCode, status() + " " + at("code"), this::body);
    return this;
  }

  /** Lets only a refusal of these fields through. */
  public WireAnswer refusedFields(String... names) {
    refused("400 invalid_request");
    assertEquals(
        new TreeSet<>(Set.of(names)), new TreeSet<>(object("fields").keySet()), this::body);
    return this;
  }

  /** The value at a path such as {@code conversation.participants.0.role}. */
  public @Nullable Object at(String path) {
    Object value = WireJson.read(body());
    for (String step : path.isEmpty() ? new String[0] : path.split("\\.", -1)) {
      if (value instanceof List<?> list) {
        value = list.get(Integer.parseInt(step));
      } else if (value instanceof Map<?, ?> map && map.containsKey(step)) {
        value = map.get(step);
      } else {
        throw new AssertionError("no " + path + " in " + body());
      }
    }
    return value;
  }

  public String text(String path) {
    return (String) Objects.requireNonNull(at(path), path);
  }

  public long number(String path) {
    return (Long) Objects.requireNonNull(at(path), path);
  }

  @SuppressWarnings("unchecked") // names of JSON members are strings
  public Map<String, @Nullable Object> object(String path) {
    return (Map<String, @Nullable Object>) Objects.requireNonNull(at(path), path);
  }

  @SuppressWarnings("unchecked") // whoever asks knows that there are objects
  public List<Map<String, @Nullable Object>> objects(String path) {
    return (List<Map<String, @Nullable Object>>) Objects.requireNonNull(at(path), path);
  }

  /** The names of an object's members, in their order. */
  public List<String> names(String path) {
    return List.copyOf(object(path).keySet());
  }
}
