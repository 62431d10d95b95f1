package org.securechat.domain.timeline;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.securechat.domain.file.FileId;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.MessageText;
import org.securechat.domain.transcript.Seen;

/**
 * A message as it came.
 *
 * @param epoch 1 to 2<sup>53</sup> − 1
 * @param sentAtMillis Unix milliseconds by the sender's clock, 0 to 2<sup>53</sup> − 1
 * @param signature over its header and the hash of its content; the server does not verify it
 * @param files at most {@value MessageText#MAX_FILES}, none twice
 * @param expiresIn 1 to {@value #MAX_EXPIRY} seconds
 */
public record MessageDraft(
    ClientId client,
    long epoch,
    long sentAtMillis,
    Seen seen,
    EncryptedContent content,
    Signature signature,
    List<FileId> files,
    Optional<Integer> expiresIn) {
  /** A year, in seconds. */
  public static final int MAX_EXPIRY = 31_536_000;

  public MessageDraft {
    files = requireFiles(files);
    if (expiresIn.filter(seconds -> seconds < 1 || seconds > MAX_EXPIRY).isPresent()) {
      throw new InvalidValueException("A message expires after 1 to 31536000 seconds");
    }
  }

  /**
   * Lets the files of a message through.
   *
   * @throws InvalidValueException if there are too many, or one comes twice
   */
  public static List<FileId> requireFiles(List<FileId> files) {
    if (files.size() > MessageText.MAX_FILES || new HashSet<>(files).size() < files.size()) {
      throw new InvalidValueException("Must be at most 32 files, none of them twice");
    }
    return List.copyOf(files);
  }
}
