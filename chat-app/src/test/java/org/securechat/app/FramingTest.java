package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.testkit.TestClock;

/**
 * Requests that two programs in a row could cut differently, over raw sockets against the whole
 * server. A vertical bar stands for CR LF.
 */
class FramingTest {
  private static final String GOOD = "GET /health/live HTTP/1.1|Host: x||";
  private static final String LAST = "GET /health/live HTTP/1.1|Host: x|Connection: close||";

  @TempDir static Path folder;
  private static TestServer server;
  private static RawHttp http;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder, TestClock.atNoon());
    http = new RawHttp(server.port());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String text(String probe) {
    return probe.replace("|", "\r\n");
  }

  private static List<Integer> statuses(List<RawHttp.Answer> answers) {
    return answers.stream().map(RawHttp.Answer::status).toList();
  }

  private static void assertRefused(RawHttp.Answer answer) {
    assertEquals(400, answer.status());
    assertEquals("application/problem+json", answer.headers().get("Content-Type"));
    assertEquals("close", answer.headers().get("Connection"));
    assertTrue(answer.body().contains("\"code\":\"bad_request\""), answer.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // The request line.
        "|GET / HTTP/1.1|Host: x||",
        " GET / HTTP/1.1|Host: x||",
        "GET  / HTTP/1.1|Host: x||",
        "GET\t/ HTTP/1.1|Host: x||",
        "GET /  HTTP/1.1|Host: x||",
        "GET / HTTP/1.1 |Host: x||",
        "GET / http/1.1|Host: x||",
        "GET / HTTP/1.2|Host: x||",
        "GET / HTTP/2.0|Host: x||",
        "GET / HTTP/9.9|Host: x||",
        "GET /||",
        "GET HTTP/1.1|Host: x||",
        "G(T / HTTP/1.1|Host: x||",
        "PRI * HTTP/2.0||SM||",
        "GET http://x/ HTTP/1.1|Host: x||",
        "GET x HTTP/1.1|Host: x||",
        "GET * HTTP/1.1|Host: x||",
        "CONNECT x:443 HTTP/1.1|Host: x||",
        "GET /a#b HTTP/1.1|Host: x||",
        "GET /\\ HTTP/1.1|Host: x||",
        "GET /\u00e9 HTTP/1.1|Host: x||",
        "GET /\u0000 HTTP/1.1|Host: x||",
        "GET /%00 HTTP/1.1|Host: x||",
        "GET /%zz HTTP/1.1|Host: x||",
        // The host.
        "GET / HTTP/1.1||",
        "GET / HTTP/1.1|Host:||",
        "GET / HTTP/1.1|Host: x|Host: x||",
        "GET / HTTP/1.1|Host: x|hOST: y||",
        "GET / HTTP/1.1|Host: x,y||",
        "GET / HTTP/1.1|Host: x y||",
        "GET / HTTP/1.1|Host: u@x||",
        "GET / HTTP/1.1|Host: x:65536||",
        // The lines of fields.
        "GET / HTTP/1.1|Host : x||",
        "GET / HTTP/1.1| Host: x||",
        "GET / HTTP/1.1|Host: x| folded||",
        "GET / HTTP/1.1|Host: x|\tfolded||",
        "GET / HTTP/1.1|Host: x|X||",
        "GET / HTTP/1.1|Host: x|: y||",
        "GET / HTTP/1.1|Host: x|X y: z||",
        "GET / HTTP/1.1|Host: x|X: \u0000||",
        "GET / HTTP/1.1|Host: x|X: \u000b||",
        "GET / HTTP/1.1\nHost: x\n\n",
        "GET / HTTP/1.1|Host: x\n\n",
        "GET / HTTP/1.1|Host: x\nX: y||",
        "GET / HTTP/1.1|Host: x\rX: y||",
        // Where the body ends.
        "POST /api/me HTTP/1.1|Host: x|Content-Length: 2|Content-Length: 2||{}",
        "POST /api/me HTTP/1.1|Host: x|Content-Length: 2|Content-Length: 0||{}",
        "POST /api/me HTTP/1.1|Host: x|Content-Length: 2, 2||{}",
        "POST /api/me HTTP/1.1|Host: x|Content-Length: +2||{}",
        "POST /api/me HTTP/1.1|Host: x|Content-Length: -2||{}",
        "POST /api/me HTTP/1.1|Host: x|Content-Length: 0x2||{}",
        "POST /api/me HTTP/1.1|Host: x|Content-Length: 2 2||{}",
        "POST /api/me HTTP/1.1|Host: x|Content-Length:||{}",
        "POST /api/me HTTP/1.1|Host: x|Content-Length : 2||{}",
        "POST /api/me HTTP/1.1|Host: x|Content-Length: 18446744073709551618||{}",
        "POST /api/me HTTP/1.1|Host: x|Content-Length: 7|Transfer-Encoding: chunked||2|{}|0||",
        "POST /api/me HTTP/1.1|Host: x|Transfer-Encoding: chunked|Content-Length: 7||2|{}|0||",
        "POST /api/me HTTP/1.1|Host: x|Transfer-Encoding: chunked|Transfer-Encoding: chunked||0||",
        "POST /api/me HTTP/1.1|Host: x|Transfer-Encoding: gzip, chunked||0||",
        "POST /api/me HTTP/1.1|Host: x|Transfer-Encoding: chunked, identity||0||",
        "POST /api/me HTTP/1.1|Host: x|Transfer-Encoding: identity||{}",
        "POST /api/me HTTP/1.1|Host: x|Transfer-Encoding: xchunked||0||",
        "POST /api/me HTTP/1.1|Host: x|Transfer-Encoding: CHUNKED||0||",
        "POST /api/me HTTP/1.1|Host: x|Transfer-Encoding:\u000bchunked||0||",
        "POST /api/me HTTP/1.1|Host: x|Transfer-Encoding : chunked||0||",
        "POST /api/me HTTP/1.0|Host: x|Transfer-Encoding: chunked||0||",
        "POST /api/me HTTP/1.1|Host: x|Expect: 200-ok|Content-Length: 2||{}"
      })
  void head_ambiguous_isRefusedAndNothingAfterItIsHeard(String probe) throws IOException {
    String bad = text(probe + GOOD);
    for (List<RawHttp.Answer> answers : List.of(http.whole(bad), http.byteByByte(bad))) {
      assertEquals(List.of(400), statuses(answers));
      assertRefused(answers.get(0));
    }

    String behindAGoodOne = text(GOOD) + bad;
    for (List<RawHttp.Answer> answers :
        List.of(http.whole(behindAGoodOne), http.byteByByte(behindAGoodOne))) {
      assertEquals(List.of(200, 400), statuses(answers));
      assertRefused(answers.get(1));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz|{}|0||",
        "2;a=b|{}|0||",
        "2 |{}|0||",
        "2\n{}|0||",
        "-2|{}|0||",
        "+2|{}|0||",
        "0x2|{}|0||",
        "|{}|0||",
        "2|{}x|0||",
        "2|{}\n0||",
        "2|{}\r\r\n0||",
        "2|{}| 0||",
        " 2|{}|0||",
        "2\r\r\n{}|0||",
        "2|{}|0\n|",
        "2|{}|0|\n",
        "2|{}|0|X: y||",
        "000000002|{}|0||",
        "ffffffffffffffff1|{}|0||"
      })
  void chunks_ambiguous_areRefusedAndNothingAfterThemIsHeard(String chunks) throws IOException {
    for (String path : List.of("/api/me", "/nothing")) {
      String bad =
          text(
              "POST %s HTTP/1.1|Host: x|Content-Type: application/json|Signature-Input: x|"
                      .formatted(path)
                  + "Transfer-Encoding: chunked||"
                  + chunks
                  + GOOD);
      for (List<RawHttp.Answer> answers : List.of(http.whole(bad), http.byteByByte(bad))) {
        assertEquals(1, answers.size());
        int status = answers.get(0).status();
        // Who doesn't read the body may have answered before it was looked at.
        assertTrue(status == 400 || (status == 404 && path.equals("/nothing")), path + status);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /health/live HTTP/1.1|host:x||",
        "GET /health/live?a=%41;b HTTP/1.1|HOST: \t x:80 \t||",
        "GET /health/live HTTP/1.1|Host: x|X:||",
        "GET /health/live HTTP/1.1|Host: x|X: GET / HTTP/1.1||",
        "GET /health/live HTTP/1.1|Host: [::1]:80|Connection: keep-alive||"
      })
  void requests_unambiguous_areAnsweredOneByOne(String probe) throws IOException {
    String good = text(probe + GOOD + probe + LAST);

    assertEquals(List.of(200, 200, 200, 200), statuses(http.whole(good)));
    assertEquals(List.of(200, 200, 200, 200), statuses(http.byteByByte(good)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2||{}",
        "Content-Length: 02||{}",
        "Transfer-Encoding: chunked||2|{}|0||",
        "Transfer-Encoding: chunked||1|{|1|}|0||",
        "Transfer-Encoding: chunked||002|{}|0||",
        "Transfer-Encoding: chunked||00000002|{}|0||",
        "Transfer-Encoding: chunked||A|{    \r\n  }|00||"
      })
  void bodies_unambiguous_endWhereTheySay(String framed) throws IOException {
    String good =
        text(
            "POST /api/me HTTP/1.1|Host: x|Content-Type: application/json|Signature-Input: x|"
                + framed
                + GOOD
                + LAST);

    for (List<RawHttp.Answer> answers : List.of(http.whole(good), http.byteByByte(good))) {
      assertEquals(List.of(401, 200, 200), statuses(answers));
      assertTrue(answers.get(0).body().contains("not_authenticated"), answers.toString());
    }
  }

  /** What a body says is never a request, however much it looks like one. */
  @Test
  void body_thatLooksLikeARequest_isNone() throws IOException {
    String inner = text("GET /health HTTP/1.1|Host: x||");
    String outer =
        text("POST /health HTTP/1.1|Host: x|Content-Length: " + inner.length() + "||")
            + inner
            + text(LAST);

    assertEquals(List.of(405, 200), statuses(http.whole(outer)));
    assertEquals(List.of(405, 200), statuses(http.byteByByte(outer)));
  }

  @Test
  void head_atItsLimitAndAbove_isAnsweredAndRefused() throws IOException {
    String frame = text("GET /health/live HTTP/1.1|Host: x|Connection: close|X: ||");
    int room = 8192 - frame.length();
    String atTheLimit = frame.replace("X: ", "X: " + "y".repeat(room));
    String above = frame.replace("X: ", "X: " + "y".repeat(room + 1));

    assertEquals(8192, atTheLimit.length());
    assertEquals(List.of(200), statuses(http.whole(atTheLimit)));
    assertEquals(List.of(400), statuses(http.whole(above)));
  }

  @Test
  void fields_atTheirLimitAndAbove_areAnsweredAndRefused() throws IOException {
    String start = "GET /health/live HTTP/1.1|Host: x|Connection: close|";

    assertEquals(List.of(200), statuses(http.whole(text(start + "X: y|".repeat(62) + "|"))));
    assertEquals(List.of(400), statuses(http.whole(text(start + "X: y|".repeat(63) + "|"))));
  }
}
