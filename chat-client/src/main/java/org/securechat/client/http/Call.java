package org.securechat.client.http;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request before it is signed: method, target and what it says. */
public final class Call {
  private final String method;
  private final String target;
  private final @Nullable JsonMembers data;
  private final @Nullable FileBody file;
  private final Duration wait;

  private Call(
      String method,
      String target,
      @Nullable JsonMembers data,
      @Nullable FileBody file,
      Duration wait) {
    this.method = method;
    this.target = target;
    this.data = data;
    this.file = file;
    this.wait = wait;
  }

  /**
   * A call without a body.
   *
   * @param target path and query, as they are sent
   */
  public static Call get(String target) {
    return new Call("GET", target, null, null, Duration.ZERO);
  }

  /** A call without a body. */
  public static Call delete(String target) {
    return new Call("DELETE", target, null, null, Duration.ZERO);
  }

  /** A call with a JSON object as its body. */
  public static Call post(String target, JsonMembers data) {
    return new Call("POST", target, data, null, Duration.ZERO);
  }

  /** A call with a file as its body. */
  public static Call upload(String target, FileBody file) {
    return new Call("POST", target, null, file, Duration.ZERO);
  }

  /** The same, if the server was asked to wait before it answers. */
  public Call waiting(Duration asked) {
    return new Call(method, target, data, file, asked);
  }

  Duration patience() {
    return wait;
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

  Optional<FileBody> file() {
    return Optional.ofNullable(file);
  }

  /** Without the data, which may hold secrets. */
  @Override
  public String toString() {
    return method + " " + path();
  }
}
