package org.securechat.protocol.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.EntryKind;
import org.securechat.domain.transcript.Seen;

/** An entry of a log as a server tells it; nothing of it is verified. */
public sealed interface ReceivedEntry {

  /** Its place in the log. */
  long id();

  UserId sender();

  /** The newest epoch at its place, the entry itself included. */
  long epoch();

  /** When the server took it, by the server's word. */
  Instant createdAt();

  /** The sender's, by the server's word, over what is signed of it. */
  Signature signature();

  /**
   * A message.
   *
   * @param ciphertext empty where it was erased
   * @param contentHash what the server says that the ciphertext's hash is, or was
   * @param files the hashes of its files, in the order of the header
   * @param expiresSeconds 0 for never
   */
  record Message(
      long id,
      UserId sender,
      long epoch,
      Instant createdAt,
      ClientId client,
      long sentAtMillis,
      Seen seen,
      Optional<Ciphertext> ciphertext,
      Sha256 contentHash,
      Signature signature,
      List<Sha256> files,
      long expiresSeconds)
      implements ReceivedEntry {
    public Message {
      files = List.copyOf(files);
    }
  }

  /** The beginning of an epoch; the text may be anything. */
  record Epoch(
      long id, UserId sender, long epoch, Instant createdAt, String statement, Signature signature)
      implements ReceivedEntry {}

  /**
   * A deletion.
   *
   * @param message the entry to be deleted
   */
  record Deletion(
      long id,
      UserId sender,
      long epoch,
      Instant createdAt,
      long message,
      Seen seen,
      Signature signature)
      implements ReceivedEntry {}

  /**
   * What somebody who was added later gets of an entry before that.
   *
   * @param body SHA-256 of what was signed
   */
  record Stub(
      long id,
      UserId sender,
      long epoch,
      Instant createdAt,
      EntryKind kind,
      Sha256 body,
      Signature signature)
      implements ReceivedEntry {}
}
