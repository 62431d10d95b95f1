package org.securechat.protocol.conversation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;

/**
 * What a server gave where it was caught, as it came: for others to judge. Not verified; the texts
 * of it may be anything.
 *
 * @param signer who has signed it, by the server's word
 * @param signature over the text, by the server's word
 * @param text what would be signed of it; empty where that did not come, as of a stub, or can't be
 * @param entry all of it; empty where no entry came, or none that is small enough to be kept
 * @param earlier what this device had in its place, where that is the proof: verified, or answered
 *     when it was sent
 */
public record Evidence(
    UserId signer,
    Signature signature,
    Optional<String> text,
    Optional<ReceivedEntry> entry,
    Optional<Earlier> earlier) {
  /** Characters of an entry's JSON at most; the largest honest one, an epoch, has fewer. */
  public static final int MAX_ENTRY = 256 * 1024;

  /**
   * Something that this device knew before.
   *
   * @param entry where it stands
   */
  public record Earlier(long entry, Signature signature) {}

  /** Of an entry, with its signed text; of one that is too large, who signed it alone. */
  static Evidence of(ReceivedEntry entry, Optional<String> text) {
    boolean isKept = length(entry) <= MAX_ENTRY;
    return new Evidence(
        entry.sender(),
        entry.signature(),
        text.filter(signed -> isKept),
        Optional.of(entry).filter(whole -> isKept),
        Optional.empty());
  }

  /** Of the epoch that a history is said to begin with, which comes beside the log. */
  static Evidence of(SignedStatement first) {
    return new Evidence(
        first.statement().author(),
        first.signature(),
        Optional.of(first.statement().text()),
        Optional.empty(),
        Optional.empty());
  }

  /** The same, against something earlier. */
  Evidence against(Earlier known) {
    return new Evidence(signer, signature, text, entry, Optional.of(known));
  }

  private static int length(ReceivedEntry entry) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      EntryJson.write(entry, json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.getBuffer().length();
  }

  /** Short, because the texts may be long. */
  @Override
  public String toString() {
    return "Evidence[signer=" + signer.value() + ", signature=" + signature.toHex() + "]";
  }
}
