package org.securechat.client.terminal;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Map;

/** Draws a QR code with half-block characters: two rows of modules to a line of text. */
final class QrText {
  private static final int QUIET_MODULES = 2;
  private static final String WHITE_ON_BLACK = "\u001b[97;40m";
  private static final String RESET = "\u001b[0m";

  private QrText() {}

  /**
   * The lines of the code.
   *
   * @param colours whether to set them, so that it is dark on light whatever the terminal's are
   */
  static String of(String text, boolean colours) {
    BitMatrix modules = encode(text);
    StringBuilder lines = new StringBuilder();
    for (int y = 0; y < modules.getHeight(); y += 2) {
      lines.append(colours ? WHITE_ON_BLACK : "");
      for (int x = 0; x < modules.getWidth(); x++) {
        boolean upper = !modules.get(x, y);
        boolean lower = y + 1 >= modules.getHeight() || !modules.get(x, y + 1);
        // What is light is drawn, because most terminals are dark.
        lines.append(upper ? (lower ? '\u2588' : '\u2580') : (lower ? '\u2584' : ' '));
      }
      lines.append(colours ? RESET : "").append('\n');
    }
    return lines.toString();
  }

  private static BitMatrix encode(String text) {
    try {
      return new QRCodeWriter()
          .encode(
              text,
              BarcodeFormat.QR_CODE,
              0,
              0,
              Map.of(
                  EncodeHintType.ERROR_CORRECTION,
                  ErrorCorrectionLevel.L,
                  EncodeHintType.MARGIN,
                  QUIET_MODULES));
    } catch (WriterException e) {
      throw new UsageException("The server's provisioning URI does not fit into a QR code.");
    }
  }
}
