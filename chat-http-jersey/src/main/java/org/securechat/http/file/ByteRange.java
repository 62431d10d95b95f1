package org.securechat.http.file;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes of a file.
 *
 * @param first from 0
 * @param end behind the last; equal to {@code first} when there is none
 */
record ByteRange(long first, long end) {
  private static final Pattern ONE = Pattern.compile("(?i:bytes)=\\s*(\\d*)-(\\d*)\\s*");
  private static final int LONGEST = 18;

  /** All bytes. */
  static ByteRange whole(long length) {
    return new ByteRange(0, length);
  }

  /**
   * Reads a field {@code Range} (RFC 9110, section 14.1.2) with one range.
   *
   * @return no bytes if the range lies outside the file; empty for what is to be ignored: more than
   *     one range, another unit, and what is out of form
   */
  static Optional<ByteRange> parse(String field, long length) {
    Matcher range = ONE.matcher(field);
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (range.group(1).isEmpty()) {
      long last = Math.min(number(range.group(2)), length);
      // Some last bytes of an empty file are all of it.
      return length == 0 && number(range.group(2)) > 0
          ? Optional.empty()
          : Optional.of(new ByteRange(length - last, length));
    }
    long first = number(range.group(1));
    long last = range.group(2).isEmpty() ? Long.MAX_VALUE - 1 : number(range.group(2));
    if (first > last) {
      return Optional.empty();
    }
    long from = Math.min(first, length);
    return Optional.of(new ByteRange(from, Math.min(last + 1, length)));
  }

  /** A number of more digits is larger than any file. */
  private static long number(String digits) {
    String significant = digits.replaceFirst("^0+", "");
    if (significant.length() > LONGEST) {
      return Long.MAX_VALUE - 1;
    }
    return significant.isEmpty() ? 0 : Long.parseLong(significant);
  }

  long length() {
    return end - first;
  }

  boolean isEmpty() {
    return first == end;
  }

  /** The value of {@code Content-Range} (RFC 9110, section 14.4). */
  String contentRange(long fileLength) {
    return isEmpty()
        ? "bytes */" + fileLength
        : "bytes " + first + "-" + (end - 1) + "/" + fileLength;
  }
}
