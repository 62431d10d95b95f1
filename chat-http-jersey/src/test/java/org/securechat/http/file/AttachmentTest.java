package org.securechat.http.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttachmentTest {

  @ParameterizedTest
  @CsvSource({
    "a.txt, a.txt, a.txt",
    "a b.txt, a b.txt, a%20b.txt",
    "'a\"b;c', a_b;c, a%22b%3Bc",
    "ü😀.png, __.png, %C3%BC%F0%9F%98%80.png",
    "../../etc/passwd, .._.._etc_passwd, .._.._etc_passwd",
    "C:\\x, C__x, C%3A_x",
    "100%.txt, 100_.txt, 100%25.txt",
    "'', file, file",
    "'  ', file, file"
  })
  void named_anything_isSafeTwice(String name, String ascii, String encoded) {
    assertEquals(
        "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded,
        Attachment.named(name));
  }

  @Test
  void named_controlsAndTricks_areReplaced() {
    String tricks = "a\r\nX: y\u0000\u202Egnp.exe\u007F\uD800";

    assertEquals(
        "attachment; filename=\"a__X_ y__gnp.exe__\"; filename*=UTF-8''a__X%3A%20y__gnp.exe__",
        Attachment.named(tricks));
  }
}
