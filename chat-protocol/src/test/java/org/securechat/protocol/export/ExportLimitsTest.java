package org.securechat.protocol.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.securechat.crypto.BouncyCastleSignatureVerifier;
import org.securechat.domain.identity.Sha256;
import org.securechat.protocol.export.ExportRefusedException.Reason;
import org.securechat.protocol.vectors.Json;

/** What a reader of exports holds its memory to, at the bound and one above. X-1. */
class ExportLimitsTest {
  private static final int MAX_LINE = 1_048_576;
  private static final int ENTRIES = 6;

  /** The first whole export of the vectors; it has six entries. */
  private static List<String> lines() {
    Path vectors = Path.of(System.getProperty("basedir", "."), "../docs/vectors/export.json");
    return Json.read(vectors)
        .items("cases")
        .findFirst()
        .orElseThrow()
        .items("lines")
        .map(line -> (String) line.value())
        .toList();
  }

  private static VerifiedExport verify(InputStream in, long maxEntries)
      throws IOException, ExportRefusedException {
    return ExportVerifier.verify(
        in, new BouncyCastleSignatureVerifier(), (entry, key) -> {}, maxEntries);
  }

  private static InputStream text(List<String> lines) {
    return new ByteArrayInputStream((String.join("\n", lines) + "\n").getBytes(UTF_8));
  }

  /** The first line with so many spaces that it has this many bytes, its line feed included. */
  private static InputStream withFirstLineOf(int bytes) {
    List<String> lines = new ArrayList<>(lines());
    lines.set(0, lines.get(0) + " ".repeat(bytes - 1 - lines.get(0).getBytes(UTF_8).length));
    int last = lines.size() - 1;
    String before = String.join("\n", lines.subList(0, last)) + "\n";
    lines.set(
        last,
        lines
            .get(last)
            .replaceFirst(
                "\"sha256\":\"[0-9a-f]+",
                "\"sha256\":\"" + Sha256.of(before.getBytes(UTF_8)).toHex()));
    return text(lines);
  }

  @Test
  void line_asLongAsItMayBe_isRead_andOneByteMoreIsRefused() throws Exception {
    verify(withFirstLineOf(MAX_LINE), ENTRIES);

    ExportRefusedException refused =
        assertThrows(
            ExportRefusedException.class, () -> verify(withFirstLineOf(MAX_LINE + 1), ENTRIES));
    assertEquals(Reason.DAMAGED_EXPORT, refused.reason());
    assertEquals(1, refused.line());
  }

  @Test
  void line_withoutEnd_isRefusedAfterItsBound() {
    CountedSpaces endless = new CountedSpaces();

    assertThrows(ExportRefusedException.class, () -> verify(endless, ENTRIES));

    assertEquals(MAX_LINE, endless.read);
  }

  @Test
  void entries_oneMoreThanMayBe_areRefused() throws Exception {
    verify(text(lines()), ENTRIES);

    ExportRefusedException refused =
        assertThrows(ExportRefusedException.class, () -> verify(text(lines()), ENTRIES - 1));
    assertEquals(lines().size() - 1, refused.line());
  }

  @Test
  void file_thatIsEmpty_isRefused() {
    assertThrows(
        ExportRefusedException.class, () -> verify(new ByteArrayInputStream(new byte[0]), ENTRIES));
  }

  @Test
  void streamOfSingleBytes_isReadAlike() throws Exception {
    InputStream whole = text(lines());
    InputStream drops =
        new InputStream() {
          @Override
          public int read() throws IOException {
            return whole.read();
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            return whole.read(buffer, offset, Math.min(1, length));
          }
        };

    assertEquals(verify(text(lines()), ENTRIES).end(), verify(drops, ENTRIES).end());
  }

  /** Spaces without end, which no line ends. */
  private static final class CountedSpaces extends InputStream {
    private long read;

    @Override
    public int read() {
      read++;
      return ' ';
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      Arrays.fill(buffer, offset, offset + length, (byte) ' ');
      read += length;
      return length;
    }
  }
}
