package org.securechat.protocol.export;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.protocol.export.ExportRefusedException.Reason;
import org.securechat.protocol.json.StrictJson;

/** The lines of an export, one at a time, with the digest of those before it. */
final class ExportLines {
  private static final int FIRST_ROOM = 1 << 16;

  private final InputStream in;
  private final MessageDigest before = Sha256.newDigest();
  private byte[] buffer = new byte[FIRST_ROOM];
  private int begin;
  private int end;
  private int filled;
  private long number;

  ExportLines(InputStream in) {
    this.in = in;
  }

  /** The number of the line that was read last, from 1. */
  long number() {
    return number;
  }

  /**
   * The next line; empty at the end of the file.
   *
   * @throws ExportRefusedException if it is too long, not ended or no strict JSON object
   */
  Optional<Map<String, Object>> next() throws IOException, ExportRefusedException {
    before.update(buffer, begin, end - begin);
    begin = end;
    number++;
    int scanned = begin;
    while (true) {
      for (; scanned < filled; scanned++) {
        if (buffer[scanned] == '\n') {
          end = scanned + 1;
          return Optional.of(object());
        }
      }
      if (filled - begin >= ExportFormat.MAX_LINE) {
        throw refused("a line has at most " + ExportFormat.MAX_LINE + " bytes");
      }
      scanned -= makeRoom();
      int read = in.read(buffer, filled, buffer.length - filled);
      if (read < 0) {
        return requireNothing();
      }
      filled += read;
    }
  }

  /** Moves what was not read yet to the front; returns by how much. */
  private int makeRoom() {
    int moved = begin;
    System.arraycopy(buffer, begin, buffer, 0, filled - begin);
    begin = 0;
    end = 0;
    filled -= moved;
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.min(2 * buffer.length, ExportFormat.MAX_LINE));
    }
    return moved;
  }

  private Optional<Map<String, Object>> requireNothing() throws ExportRefusedException {
    if (filled > begin) {
      throw refused("the file ends in the middle of a line");
    }
    return Optional.empty();
  }

  private Map<String, Object> object() throws ExportRefusedException {
    try {
      return StrictJson.object(Arrays.copyOfRange(buffer, begin, end));
    } catch (InvalidValueException e) {
      throw refused("not one strict JSON object");
    }
  }

  /** Of all lines before the one that was read last. */
  Sha256 digestBefore() {
    return Sha256.copyOf(before.digest());
  }

  private ExportRefusedException refused(String what) {
    return new ExportRefusedException(Reason.DAMAGED_EXPORT, number, what);
  }
}
