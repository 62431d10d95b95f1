package org.securechat.http.connector;

import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.ChunkedTransferEncoding;
import org.glassfish.grizzly.http.HttpBrokenContentException;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.ParsingResult;
import org.glassfish.grizzly.http.TransferEncoding;

/**
 * Grizzly's chunked coding with a look at everything between the data: it takes blanks around a
 * chunk's size, and skips whatever stands between the end of its data and a line feed, so that a
 * proxy in front could see other chunks. Here a size is one to {@value #MAX_DIGITS} hex digits,
 * each line ends with CR LF, and there are no extensions and no trailer fields, which nobody needs
 * (RFC 9112, section 7.1).
 */
final class StrictChunks implements TransferEncoding {
  private static final int MAX_DIGITS = 8;

  private final Attribute<Progress> progress =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(
          StrictChunks.class.getName(), Progress::new);
  private final ChunkedTransferEncoding chunks;

  StrictChunks(ChunkedTransferEncoding chunks) {
    this.chunks = chunks;
  }

  /** How far a body has come; of one request. */
  private static final class Progress {
    private boolean behindData;
    private long left;
  }

  @Override
  public ParsingResult parsePacket(FilterChainContext ctx, HttpHeader header, Buffer buffer) {
    Progress at = progress.get(header);
    if (at.left == 0) {
      Line line = new Line(buffer);
      if (!line.isWhole(at.behindData)) {
        return ParsingResult.create(null, buffer, false);
      }
      at.behindData = true;
      at.left = line.size - Math.min(line.size, (long) buffer.limit() - line.end);
      if (line.size == 0) {
        progress.remove(header);
      }
    } else {
      at.left -= Math.min(at.left, buffer.remaining());
    }
    return chunks.parsePacket(ctx, header, buffer);
  }

  /** What stands between the data of two chunks, or after the last. */
  private static final class Line {
    private final Buffer buffer;
    private int end;
    private long size;

    private Line(Buffer buffer) {
      this.buffer = buffer;
      this.end = buffer.position();
    }

    /**
     * Reads to where data begins, or the body ends.
     *
     * @return false if more bytes are wanted to say so
     * @throws HttpBrokenContentException as soon as a byte is wrong
     */
    private boolean isWhole(boolean behindData) {
      if (behindData && !lineEnd()) {
        return false;
      }
      int digits = 0;
      for (; end < buffer.limit() && Character.digit(buffer.get(end), 16) >= 0; end++) {
        digits++;
        size = size << 4 | Character.digit(buffer.get(end), 16);
        if (digits > MAX_DIGITS) {
          throw broken();
        }
      }
      if (end < buffer.limit() && digits == 0) {
        throw broken();
      }
      return lineEnd() && (size > 0 || lineEnd());
    }

    private boolean lineEnd() {
      for (char c : new char[] {'\r', '\n'}) {
        if (end == buffer.limit()) {
          return false;
        }
        if (buffer.get(end++) != c) {
          throw broken();
        }
      }
      return true;
    }

    private static HttpBrokenContentException broken() {
      return new HttpBrokenContentException("Chunks that others could read differently");
    }
  }

  @Override
  public boolean wantDecode(HttpHeader header) {
    return chunks.wantDecode(header);
  }

  @Override
  public boolean wantEncode(HttpHeader header) {
    return chunks.wantEncode(header);
  }

  @Override
  public void prepareSerialize(FilterChainContext ctx, HttpHeader header, HttpContent content) {
    chunks.prepareSerialize(ctx, header, content);
  }

  @Override
  public Buffer serializePacket(FilterChainContext ctx, HttpContent content) {
    return chunks.serializePacket(ctx, content);
  }
}
