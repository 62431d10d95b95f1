package org.securechat.domain.timeline;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.securechat.domain.file.FileRecord;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.EntryKind;
import org.securechat.domain.transcript.Seen;

/** One entry of a conversation's timeline. */
public sealed interface Entry {

  Place place();

  EntryKind kind();

  /** By whoever sent it, over the text that {@link #bodyHash()} is the hash of. */
  Signature signature();

  /** The hash of what was signed, as the running hash takes it in. */
  Sha256 bodyHash();

  /** Bytes of its ciphertext or statement, if that is still there: what pages are bounded by. */
  default int size() {
    return 0;
  }

  /** The entry without what its kind adds: what somebody sees of the time before they came. */
  default Stub stub() {
    return new Stub(place(), kind(), bodyHash(), signature());
  }

  /**
   * A message.
   *
   * @param sentAtMillis Unix milliseconds by its sender's clock
   * @param content empty once it is deleted or expired
   * @param contentHash of the content, whether it is still there or not
   * @param files in the order that was signed
   * @param expiresIn seconds
   * @param expiresAt {@code expiresIn} after the entry was created
   */
  record Message(
      Place place,
      ClientId client,
      long sentAtMillis,
      Seen seen,
      Optional<EncryptedContent> content,
      Sha256 contentHash,
      Sha256 bodyHash,
      Signature signature,
      List<FileRecord> files,
      Optional<Integer> expiresIn,
      Optional<Instant> expiresAt)
      implements Entry {

    public Message {
      files = List.copyOf(files);
    }

    @Override
    public EntryKind kind() {
      return EntryKind.MESSAGE;
    }

    @Override
    public int size() {
      return content.map(sealed -> sealed.ciphertext().length).orElse(0);
    }

    /** The message as it is at this time: when it has expired, it has no content. */
    Message asOf(Instant now) {
      if (content.isEmpty() || expiresAt.filter(at -> !at.isAfter(now)).isEmpty()) {
        return this;
      }
      return new Message(
          place,
          client,
          sentAtMillis,
          seen,
          Optional.empty(),
          contentHash,
          bodyHash,
          signature,
          files,
          expiresIn,
          expiresAt);
    }
  }

  /**
   * The start of an epoch.
   *
   * @param statement the exact text
   */
  record Epoch(Place place, String statement, Sha256 bodyHash, Signature signature)
      implements Entry {

    @Override
    public EntryKind kind() {
      return EntryKind.EPOCH;
    }

    @Override
    public int size() {
      return statement.length();
    }
  }

  /**
   * The deletion of a message.
   *
   * @param deleted the message's entry
   */
  record Deletion(Place place, long deleted, Seen seen, Sha256 bodyHash, Signature signature)
      implements Entry {

    @Override
    public EntryKind kind() {
      return EntryKind.DELETION;
    }
  }

  /** An entry of which only its place in the running hash is shown. */
  record Stub(Place place, EntryKind kind, Sha256 bodyHash, Signature signature) implements Entry {}
}
