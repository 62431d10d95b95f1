package org.securechat.http.file;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.securechat.http.answer.Problem;
import org.securechat.http.call.SentMethod;
import org.securechat.http.connector.SteadyTransfer;

/**
 * Answers GET and HEAD with a file: 200 with all of it, 206 with one range, 416 for a range outside
 * of it, 304 for who has it already. Several ranges, and ranges that are out of form, are ignored,
 * as RFC 9110, section 14.2 allows. Only a 200 or 206 to a GET reads chunks, one at a time; if one
 * can't be had any more, the connection ends there.
 */
public final class FileAnswer {
  private static final Pattern ENTITY_TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")");
  private static final String RANGE = "Range";
  private static final String CONTENT_RANGE = "Content-Range";

  private FileAnswer() {}

  /** Makes the answer; chunks are read when it is written. */
  public static Response of(ContainerRequestContext request, ServedFile file) {
    if (isKnown(request.getHeaderString(HttpHeaders.IF_NONE_MATCH), file.entityTag())) {
      return Response.notModified().header(HttpHeaders.ETAG, file.entityTag()).build();
    }
    if (SentMethod.of(request).equals(HttpMethod.HEAD)) {
      return headers(200, file, ByteRange.whole(file.length())).build();
    }
    Optional<ByteRange> asked = askedFor(request, file);
    ByteRange range = asked.orElse(ByteRange.whole(file.length()));
    if (asked.isPresent() && range.isEmpty()) {
      return outside(range, file);
    }
    Response.ResponseBuilder answer = headers(asked.isPresent() ? 206 : 200, file, range);
    if (asked.isPresent()) {
      answer.header(CONTENT_RANGE, range.contentRange(file.length()));
    }
    StreamingOutput body = out -> write(request, file, range, out);
    return answer.entity(body).build();
  }

  /** The weak comparison of RFC 9110, section 13.1.2. */
  private static boolean isKnown(@Nullable String field, String entityTag) {
    if (field == null) {
      return false;
    }
    Matcher tags = ENTITY_TAG.matcher(field);
    boolean known = field.strip().equals("*");
    while (!known && tags.find()) {
      known = tags.group(1).equals(entityTag);
    }
    return known;
  }

  /** A range is asked for of this very file, or else of none (RFC 9110, section 13.1.5). */
  private static Optional<ByteRange> askedFor(ContainerRequestContext request, ServedFile file) {
    String condition = request.getHeaderString("If-Range");
    return Optional.ofNullable(request.getHeaderString(RANGE))
        .filter(range -> condition == null || condition.strip().equals(file.entityTag()))
        .flatMap(range -> ByteRange.parse(range, file.length()));
  }

  private static Response outside(ByteRange none, ServedFile file) {
    Response answer =
        Problem.of(416, "range_not_satisfiable", "The range lies outside the file").toResponse();
    answer.getHeaders().putSingle(CONTENT_RANGE, none.contentRange(file.length()));
    return answer;
  }

  private static Response.ResponseBuilder headers(int status, ServedFile file, ByteRange range) {
    return Response.status(status)
        .type(MediaType.APPLICATION_OCTET_STREAM_TYPE)
        .header(HttpHeaders.CONTENT_LENGTH, range.length())
        .header(HttpHeaders.CONTENT_DISPOSITION, Attachment.named(file.filename()))
        .header(HttpHeaders.ETAG, file.entityTag())
        .header("Accept-Ranges", "bytes");
  }

  private static void write(
      ContainerRequestContext request, ServedFile file, ByteRange range, OutputStream out)
      throws IOException {
    OutputStream paced = SteadyTransfer.download(request, out);
    long at = range.first();
    try {
      while (at < range.end()) {
        long index = at / ChunkSource.CHUNK_BYTES;
        int from = (int) (at - index * ChunkSource.CHUNK_BYTES);
        byte[] chunk = chunk(file, index);
        int count = (int) Math.min(chunk.length - from, range.end() - at);
        paced.write(chunk, from, count);
        at += count;
      }
    } finally {
      if (at < range.end() && at > range.first()) {
        SteadyTransfer.breakOff(request);
      }
    }
  }

  private static byte[] chunk(ServedFile file, long index) throws IOException {
    byte[] chunk = file.chunks().chunk(index);
    if (chunk.length != file.chunkLength(index)) {
      throw new IOException("A chunk is not as long as it was");
    }
    return chunk;
  }
}
