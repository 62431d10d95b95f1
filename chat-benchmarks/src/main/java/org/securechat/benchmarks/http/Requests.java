package org.securechat.benchmarks.http;

import java.nio.charset.StandardCharsets;

/** The whole bytes of HTTP/1.1 requests, for connections that are kept. */
public final class Requests {
  private Requests() {}

  /** A GET without a session. */
  public static byte[] get(Target target, String path) {
    return head("GET", path, target, "").getBytes(StandardCharsets.US_ASCII);
  }

  /** A POST of JSON without a session. */
  public static byte[] post(Target target, String path, String json) {
    return post(target, path, "", json);
  }

  /** A POST of JSON in a session. */
  public static byte[] postAs(Target target, String path, String cookie, String json) {
    return post(target, path, "Cookie: " + cookie + "\r\n", json);
  }

  /** A signed GET in a session. */
  public static byte[] getAs(Target target, String path, String cookie, String envelope) {
    return head(
            "GET", path, target, "Cookie: " + cookie + "\r\nX-Signature-Data: " + envelope + "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] post(Target target, String path, String fields, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    String more =
        fields + "Content-Type: application/json\r\n" + "Content-Length: " + body.length + "\r\n";
    byte[] head = head("POST", path, target, more).getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[head.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    return request;
  }

  private static String head(String method, String path, Target target, String fields) {
    return method + " " + path + " HTTP/1.1\r\nHost: " + target.host() + "\r\n" + fields + "\r\n";
  }
}
