package org.securechat.http.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.identity.UserId;
import org.securechat.http.answer.ProblemException;

class PathIdsTest {

  @Test
  void read_canonical_isTheId() {
    assertEquals(new UserId(1), PathIds.read("1", UserId::new));
    assertEquals(new UserId(UserId.MAX), PathIds.read("9007199254740991", UserId::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "01",
        "+1",
        "-1",
        "1 ",
        " 1",
        "1.0",
        "0x1",
        "٣",
        "9007199254740992",
        "999999999999999999",
        "99999999999999999999999999",
        "self"
      })
  void read_anythingElse_isNotFound(String segment) {
    ProblemException e =
        assertThrows(ProblemException.class, () -> PathIds.read(segment, UserId::new));

    assertEquals("404 not_found", e.problem().status() + " " + e.problem().code());
  }
}
