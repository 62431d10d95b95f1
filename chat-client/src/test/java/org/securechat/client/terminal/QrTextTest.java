package org.securechat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.util.List;
import org.junit.jupiter.api.Test;

class QrTextTest {
  private static final String URI =
      "otpauth://totp/Secure%20Chat:alice?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Secure%20Chat";
  private static final int QUIET = 2;

  @Test
  void of_provisioningUri_isReadBack() throws Exception {
    List<String> lines = QrText.of(URI, false).lines().toList();
    int size = lines.get(0).length();
    BitMatrix modules = new BitMatrix(size - 2 * QUIET);
    for (int y = QUIET; y < size - QUIET; y++) {
      for (int x = QUIET; x < size - QUIET; x++) {
        char pair = lines.get(y / 2).charAt(x);
        boolean light = pair == '\u2588' || pair == (y % 2 == 0 ? '\u2580' : '\u2584');
        if (!light) {
          modules.set(x - QUIET, y - QUIET);
        }
      }
    }

    assertEquals(URI, new Decoder().decode(modules).getText());
    assertEquals((size + 1) / 2, lines.size());
    assertTrue(lines.get(0).matches("\u2588+"));
  }

  @Test
  void of_inColour_setsAndResetsItOnEveryLine() {
    List<String> plain = QrText.of(URI, false).lines().toList();

    assertEquals(
        plain.stream().map(line -> "\u001b[97;40m" + line + "\u001b[0m").toList(),
        QrText.of(URI, true).lines().toList());
  }

  @Test
  void of_textThatDoesNotFit_isRefused() {
    assertThrows(UsageException.class, () -> QrText.of("x".repeat(3000), false));
  }
}
