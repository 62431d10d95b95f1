package org.securechat.persistence;

import java.time.Instant;
import java.util.Optional;
import org.securechat.domain.conversation.AppendedEpoch;
import org.securechat.domain.conversation.Tip;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.timeline.EncryptedContent;
import org.securechat.domain.timeline.Entry;
import org.securechat.domain.timeline.Place;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.EntryKind;
import org.securechat.domain.transcript.Seen;

/**
 * A row of {@code messages}, as it is inserted. Columns that its kind does not have are empty.
 *
 * @param size bytes of the ciphertext or statement
 * @param messageNumber how many messages there are up to this entry
 * @param senderNumber how many of these are of the sender, if this is one
 */
record NewEntry(
    Place place,
    EntryKind kind,
    long size,
    long messageNumber,
    Optional<Long> senderNumber,
    int fileCount,
    Optional<Long> deleted,
    Optional<Long> sentAtMillis,
    Optional<Integer> expiresIn,
    Optional<Instant> expiresAt,
    Optional<ClientId> client,
    Optional<Seen> seen,
    Sha256 bodyHash,
    Optional<Sha256> contentHash,
    Sha256 runningHash,
    Signature signature,
    Optional<EncryptedContent> content) {

  static NewEntry of(Entry.Message message, Tip tip, long messageNumber, long senderNumber) {
    return new NewEntry(
        message.place(),
        EntryKind.MESSAGE,
        message.size(),
        messageNumber,
        Optional.of(senderNumber),
        message.files().size(),
        Optional.empty(),
        Optional.of(message.sentAtMillis()),
        message.expiresIn(),
        message.expiresAt(),
        Optional.of(message.client()),
        Optional.of(message.seen()),
        message.bodyHash(),
        Optional.of(message.contentHash()),
        tip.seen().hash(),
        message.signature(),
        message.content());
  }

  static NewEntry of(Entry.Deletion deletion, Tip tip, long messageNumber) {
    return new NewEntry(
        deletion.place(),
        EntryKind.DELETION,
        0,
        messageNumber,
        Optional.empty(),
        0,
        Optional.of(deletion.deleted()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(deletion.seen()),
        deletion.bodyHash(),
        Optional.empty(),
        tip.seen().hash(),
        deletion.signature(),
        Optional.empty());
  }

  static NewEntry of(AppendedEpoch epoch, ConversationId conversation, long messageNumber) {
    return new NewEntry(
        new Place(
            conversation,
            epoch.entry().id(),
            epoch.entry().sender(),
            epoch.entry().epoch(),
            epoch.tip().at()),
        EntryKind.EPOCH,
        epoch.statement().text().length(),
        messageNumber,
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        epoch.entry().body(),
        Optional.empty(),
        epoch.tip().seen().hash(),
        epoch.entry().signature(),
        Optional.empty());
  }
}
