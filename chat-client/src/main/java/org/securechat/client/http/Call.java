package org.securechat.client.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request before it is signed: method, target and what it says. */
public final class Call {
  private final String method;
  private final String target;
  private final @Nullable JsonMembers data;

  private Call(String method, String target, @Nullable JsonMembers data) {
    this.method = method;
    this.target = target;
    this.data = data;
  }

  /**
   * A call without a body.
   *
   * @param target path and query, as they are sent
   */
  public static Call get(String target) {
    return new Call("GET", target, null);
  }

  /** A call without a body. */
  public static Call delete(String target) {
    return new Call("DELETE", target, null);
  }

  /** A call with a JSON object as its body. */
  public static Call post(String target, JsonMembers data) {
    return new Call("POST", target, data);
  }

  String method() {
    return method;
  }

  String target() {
    return target;
  }

  String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** The query with its question mark. */
  Optional<String> query() {
    int query = target.indexOf('?');
    return query < 0 ? Optional.empty() : Optional.of(target.substring(query));
  }

  Optional<JsonMembers> data() {
    return Optional.ofNullable(data);
  }

  /** Without the data, which may hold secrets. */
  @Override
  public String toString() {
    return method + " " + path();
  }
}
