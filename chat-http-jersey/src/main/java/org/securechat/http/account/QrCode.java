package org.securechat.http.account;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import javax.imageio.ImageIO;
import org.securechat.domain.identity.Base64Text;

/** Draws a QR code as a black and white PNG; an image in memory, so no display is needed. */
final class QrCode {
  private static final int SIZE_PIXELS = 300;
  private static final int WHITE = 0xffffff;

  private QrCode() {}

  /** The code as a {@code data:} URI (RFC 2397). */
  static String dataUri(String text) {
    return "data:image/png;base64," + Base64Text.encode(png(text));
  }

  private static byte[] png(String text) {
    BitMatrix matrix = encode(text);
    BufferedImage image =
        new BufferedImage(matrix.getWidth(), matrix.getHeight(), BufferedImage.TYPE_BYTE_BINARY);
    for (int y = 0; y < matrix.getHeight(); y++) {
      for (int x = 0; x < matrix.getWidth(); x++) {
        image.setRGB(x, y, matrix.get(x, y) ? 0 : WHITE);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static BitMatrix encode(String text) {
    try {
      return new QRCodeWriter()
          .encode(
              text,
              BarcodeFormat.QR_CODE,
              SIZE_PIXELS,
              SIZE_PIXELS,
              Map.of(EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M));
    } catch (WriterException e) {
      throw new IllegalStateException("A provisioning URI fits into a QR code", e);
    }
  }
}
