package org.securechat.http.connector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads are written with a vertical bar for each CR LF; the closing empty line is added. */
class RequestHeadTest {
  private static final int MAX_FIELDS = 5;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1|Host: a",
        "GET / HTTP/1.1|host:a",
        "GET / HTTP/1.1|HOST: \t a.example:8080 \t",
        "GET / HTTP/1.1|Host: my_host:",
        "GET / HTTP/1.1|Host: 127.0.0.1:65535",
        "GET / HTTP/1.1|Host: [::1]:80",
        "GET / HTTP/1.0",
        "GET / HTTP/1.0|Host: a",
        "get /a/b;c=1/%7e?x=/?%41 HTTP/1.1|Host: a",
        "M-SEARCH /-._~!$&'()*+,;=:@ HTTP/1.1|Host: a",
        "GET //x HTTP/1.1|Host: a",
        "OPTIONS * HTTP/1.1|Host: a",
        "POST / HTTP/1.1|Host: a|Content-Length: 0",
        "POST / HTTP/1.1|Host: a|Content-Length:\t999999999999999999 ",
        "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked",
        "POST / HTTP/1.0|Content-Length: 3",
        "POST / HTTP/1.1|Host: a|Expect: 100-Continue",
        "GET / HTTP/1.1|Host: a|X:",
        "GET / HTTP/1.1|Host: a|X: a: b\t\u00e9\u00ff",
        "GET / HTTP/1.1|Host: a|A:1|B:2|C:3|D:4"
      })
  void isGood_unambiguousHead_isTrue(String head) {
    assertTrue(isGood(head + "||"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "|GET / HTTP/1.1|Host: a",
        " GET / HTTP/1.1|Host: a",
        "GET  / HTTP/1.1|Host: a",
        "GET\t/ HTTP/1.1|Host: a",
        "GET /  HTTP/1.1|Host: a",
        "GET / HTTP/1.1 |Host: a",
        "G(T / HTTP/1.1|Host: a",
        "G\u00e9T / HTTP/1.1|Host: a",
        " / HTTP/1.1|Host: a",
        "GET HTTP/1.1|Host: a",
        "GET /",
        "GET / HTTP/0.9|Host: a",
        "GET / HTTP/1.2|Host: a",
        "GET / HTTP/2.0|Host: a",
        "GET / HTTP/9.9|Host: a",
        "GET / http/1.1|Host: a",
        "GET / HTTP/1.10|Host: a",
        "GET http://a/ HTTP/1.1|Host: a",
        "GET a HTTP/1.1|Host: a",
        "GET * HTTP/1.1|Host: a",
        "OPTIONS *x HTTP/1.1|Host: a",
        "CONNECT a:443 HTTP/1.1|Host: a",
        "GET /a#b HTTP/1.1|Host: a",
        "GET /a\"b HTTP/1.1|Host: a",
        "GET /<b HTTP/1.1|Host: a",
        "GET /[b] HTTP/1.1|Host: a",
        "GET /{b} HTTP/1.1|Host: a",
        "GET /\\b HTTP/1.1|Host: a",
        "GET /^ HTTP/1.1|Host: a",
        "GET /\u00e9 HTTP/1.1|Host: a",
        "GET /\u007f HTTP/1.1|Host: a",
        "GET /\u0000 HTTP/1.1|Host: a",
        "GET /%00 HTTP/1.1|Host: a",
        "GET /?%00 HTTP/1.1|Host: a",
        "GET /%4 HTTP/1.1|Host: a",
        "GET /%4g HTTP/1.1|Host: a",
        "GET /% HTTP/1.1|Host: a",
        "GET / HTTP/1.1",
        "GET / HTTP/1.1|Host:",
        "GET / HTTP/1.1|Host: a|Host: a",
        "GET / HTTP/1.1|Host: a|hOST: b",
        "GET / HTTP/1.0|Host: a|Host: a",
        "GET / HTTP/1.1|Host: a,b",
        "GET / HTTP/1.1|Host: a b",
        "GET / HTTP/1.1|Host: a/b",
        "GET / HTTP/1.1|Host: u@a",
        "GET / HTTP/1.1|Host: a:x",
        "GET / HTTP/1.1|Host: a:65536",
        "GET / HTTP/1.1|Host: a:080000",
        "GET / HTTP/1.1|Host: [::1",
        "GET / HTTP/1.1|Host: []",
        "GET / HTTP/1.1|Host: [::1]x",
        "GET / HTTP/1.1|Host: :80",
        "GET / HTTP/1.1|Host : a",
        "GET / HTTP/1.1| Host: a",
        "GET / HTTP/1.1|Host: a| folded",
        "GET / HTTP/1.1|Host: a|\tfolded",
        "GET / HTTP/1.1|Host: a|X y: 1",
        "GET / HTTP/1.1|Host: a|X",
        "GET / HTTP/1.1|Host: a|: 1",
        "GET / HTTP/1.1|Host: a|X\u00e9: 1",
        "GET / HTTP/1.1|Host: a|X: a\u0000",
        "GET / HTTP/1.1|Host: a|X: a\u000b",
        "GET / HTTP/1.1|Host: a|X: a\u007f",
        "GET / HTTP/1.1\nHost: a",
        "GET / HTTP/1.1|Host: a\nX: b",
        "GET / HTTP/1.1|Host: a\rX: b",
        "GET / HTTP/1.1|Host: a\r\r\nX: b",
        "POST / HTTP/1.1|Host: a|Content-Length: 1|Content-Length: 1",
        "POST / HTTP/1.1|Host: a|Content-Length: 1, 1",
        "POST / HTTP/1.1|Host: a|Content-Length: +1",
        "POST / HTTP/1.1|Host: a|Content-Length: -1",
        "POST / HTTP/1.1|Host: a|Content-Length: 0x1",
        "POST / HTTP/1.1|Host: a|Content-Length: 1 1",
        "POST / HTTP/1.1|Host: a|Content-Length:",
        "POST / HTTP/1.1|Host: a|Content-Length: 1000000000000000000",
        "POST / HTTP/1.1|Host: a|Content-Length: 1|Transfer-Encoding: chunked",
        "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked|content-length: 1",
        "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked|Transfer-Encoding: chunked",
        "POST / HTTP/1.1|Host: a|Transfer-Encoding: gzip, chunked",
        "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked, identity",
        "POST / HTTP/1.1|Host: a|Transfer-Encoding: xchunked",
        "POST / HTTP/1.1|Host: a|Transfer-Encoding: CHUNKED",
        "POST / HTTP/1.1|Host: a|Transfer-Encoding: \"chunked\"",
        "POST / HTTP/1.1|Host: a|Transfer-Encoding:",
        "POST / HTTP/1.1|Host: a|Transfer-Encoding:\u000bchunked",
        "POST / HTTP/1.1|Host: a|Transfer_Encoding : chunked",
        "POST / HTTP/1.0|Transfer-Encoding: chunked",
        "POST / HTTP/1.1|Host: a|Expect: foo",
        "GET / HTTP/1.1|Host: a|A:1|B:2|C:3|D:4|E:5"
      })
  void isGood_anythingElse_isFalse(String head) {
    assertFalse(isGood(head + "||"));
  }

  @Test
  void isGood_anyCut_isFalse() {
    String head = "POST /a?b=%41 HTTP/1.1|Host: a|Content-Length: 3||";
    for (int length = 0; length < head.length(); length++) {
      assertFalse(isGood(head.substring(0, length)), head.substring(0, length));
    }
    assertFalse(isGood(head + "x"));
  }

  @Test
  void isGood_partOfArray_readsNoFurther() {
    byte[] bytes = "xGET / HTTP/1.0\r\n\r\nHost: b\r\n\r\n".getBytes(ISO_8859_1);

    assertTrue(RequestHead.isGood(bytes, 1, 18, MAX_FIELDS));
    assertEquals(false, RequestHead.isGood(bytes, 1, bytes.length - 1, MAX_FIELDS));
  }

  private static boolean isGood(String head) {
    byte[] bytes = head.replace("|", "\r\n").getBytes(ISO_8859_1);
    return RequestHead.isGood(bytes, 0, bytes.length, MAX_FIELDS);
  }
}
