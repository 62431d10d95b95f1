package org.securechat.http.signature;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.request.RequestLine;

/**
 * What a signature can cover of a request, as it was received.
 *
 * @param scheme {@code http} or {@code https}, as clients see it
 * @param fields the lines of a header field by its name in lower case; none when it isn't there
 * @param content SHA-256 of the body; empty when the request is of a kind that has none
 */
public record SignedMessage(
    RequestLine line,
    String scheme,
    Function<String, List<String>> fields,
    Optional<Sha256> content) {

  /** This message with a body of another digest. */
  SignedMessage withContent(Sha256 digest) {
    return new SignedMessage(line, scheme, fields, Optional.of(digest));
  }

  /** The target up to, not including, the question mark. */
  String path() {
    int mark = line.target().indexOf('?');
    return mark < 0 ? line.target() : line.target().substring(0, mark);
  }

  /** The rest of the target, question mark included; empty when there is none. */
  Optional<String> query() {
    int mark = line.target().indexOf('?');
    return mark < 0 ? Optional.empty() : Optional.of(line.target().substring(mark));
  }

  /** A header field's value: its lines without white space around them, joined by commas. */
  Optional<String> field(String name) {
    List<String> lines = fields.apply(name);
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join(", ", lines.stream().map(String::strip).toList()));
  }

  /** The value of a header field that stands in one line; empty for none, and for more. */
  Optional<String> onlyLine(String name) {
    return fields.apply(name).size() == 1 ? field(name) : Optional.empty();
  }
}
