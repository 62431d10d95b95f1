package org.securechat.protocol.conversation;

import java.time.Instant;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.MessageText;
import org.securechat.protocol.content.AttachedFile;
import org.securechat.protocol.content.ContentCodec;
import org.securechat.protocol.content.MessageContent;

/**
 * A message that its sender has signed, at its place in the log: the only thing that a content can
 * be read of. Made by a {@link Transcript}. Immutable.
 */
public final class VerifiedMessage implements VerifiedEntry {
  private final long id;
  private final Member sender;
  private final MessageText header;
  private final Instant createdAt;
  private final Optional<Ciphertext> ciphertext;
  private final boolean erased;

  VerifiedMessage(
      long id,
      Member sender,
      MessageText header,
      Instant createdAt,
      Optional<Ciphertext> ciphertext) {
    this(id, sender, header, createdAt, ciphertext, ciphertext.isEmpty());
  }

  private VerifiedMessage(
      long id,
      Member sender,
      MessageText header,
      Instant createdAt,
      Optional<Ciphertext> ciphertext,
      boolean erased) {
    this.id = id;
    this.sender = sender;
    this.header = header;
    this.createdAt = createdAt;
    this.ciphertext = ciphertext;
    this.erased = erased;
  }

  /** The same without what takes most of its memory; it does not open any more. */
  VerifiedMessage withoutContent() {
    return new VerifiedMessage(id, sender, header, createdAt, Optional.empty(), erased);
  }

  @Override
  public long id() {
    return id;
  }

  /** As the epoch's statement has them. */
  public Member sender() {
    return sender;
  }

  /** What the sender has signed beside the content. */
  public MessageText header() {
    return header;
  }

  /** Whether the server gives out nothing of its content any more. */
  public boolean isErased() {
    return erased;
  }

  /** When the server took it, by the server's word. */
  public Instant createdAt() {
    return createdAt;
  }

  /** When the sender sent it, by the sender's word. */
  public Instant sentAt() {
    return Instant.ofEpochMilli(header.sentAtMillis());
  }

  /** When it is to be hidden: counted from the earlier of the two times. */
  public Optional<Instant> expiresAt() {
    if (header.expiresSeconds() == 0) {
      return Optional.empty();
    }
    Instant from = sentAt().isBefore(createdAt) ? sentAt() : createdAt;
    return Optional.of(from.plusSeconds(header.expiresSeconds()));
  }

  /** Whether it is to be hidden by now. */
  public boolean isExpired(Instant now) {
    return expiresAt().filter(at -> !at.isAfter(now)).isPresent();
  }

  /**
   * What it says.
   *
   * @param key of its epoch
   * @return empty if the ciphertext is erased; {@link MessageContent.Unknown} if it does not open,
   *     is out of form or names other files than were signed
   * @throws IllegalArgumentException if the key is another epoch's
   */
  public Optional<MessageContent> open(EpochKey key) {
    if (!key.statement().group().equals(header.group())
        || key.statement().epoch() != header.epoch()) {
      throw new IllegalArgumentException("The key is another epoch's");
    }
    return ciphertext.map(sealed -> open(key, sealed));
  }

  private MessageContent open(EpochKey key, Ciphertext sealed) {
    MessageContent content;
    try {
      content = ContentCodec.decode(key.open(header, sealed));
    } catch (AEADBadTagException e) {
      return new MessageContent.Unknown(Optional.empty());
    }
    return content.attached().stream().map(AttachedFile::sha256).toList().equals(header.files())
        ? content
        : new MessageContent.Unknown(content.type());
  }

  /** Neither who wrote it nor what. */
  @Override
  public String toString() {
    return "VerifiedMessage[" + id + "]";
  }
}
