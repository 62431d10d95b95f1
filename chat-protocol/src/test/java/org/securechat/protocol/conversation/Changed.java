package org.securechat.protocol.conversation;

import java.util.List;
import java.util.Optional;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.MessageText;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.conversation.TestLog.Person;

/** A message's entry with something in it changed. */
record Changed(ReceivedEntry.Message entry) {

  Changed id(long id) {
    return with(id, entry.sender(), entry.epoch(), entry.client());
  }

  Changed sender(UserId sender) {
    return with(entry.id(), sender, entry.epoch(), entry.client());
  }

  Changed epoch(long epoch) {
    return with(entry.id(), entry.sender(), epoch, entry.client());
  }

  Changed client(ClientId client) {
    return with(entry.id(), entry.sender(), entry.epoch(), client);
  }

  private Changed with(long id, UserId sender, long epoch, ClientId client) {
    return new Changed(
        new ReceivedEntry.Message(
            id,
            sender,
            epoch,
            entry.createdAt(),
            client,
            entry.sentAtMillis(),
            entry.seen(),
            entry.ciphertext(),
            entry.contentHash(),
            entry.signature(),
            entry.files(),
            entry.expiresSeconds()));
  }

  Changed sentAt(long millis) {
    return with(millis, entry.seen(), entry.files(), entry.expiresSeconds());
  }

  Changed seen(Seen seen) {
    return with(entry.sentAtMillis(), seen, entry.files(), entry.expiresSeconds());
  }

  Changed files(List<Sha256> files) {
    return with(entry.sentAtMillis(), entry.seen(), files, entry.expiresSeconds());
  }

  Changed expires(long seconds) {
    return with(entry.sentAtMillis(), entry.seen(), entry.files(), seconds);
  }

  private Changed with(long sentAtMillis, Seen seen, List<Sha256> files, long expiresSeconds) {
    return new Changed(
        new ReceivedEntry.Message(
            entry.id(),
            entry.sender(),
            entry.epoch(),
            entry.createdAt(),
            entry.client(),
            sentAtMillis,
            seen,
            entry.ciphertext(),
            entry.contentHash(),
            entry.signature(),
            files,
            expiresSeconds));
  }

  Changed ciphertext(Optional<Ciphertext> ciphertext) {
    return with(ciphertext, entry.contentHash(), entry.signature());
  }

  Changed contentHash(Sha256 hash) {
    return with(entry.ciphertext(), hash, entry.signature());
  }

  Changed signature(Signature signature) {
    return with(entry.ciphertext(), entry.contentHash(), signature);
  }

  private Changed with(Optional<Ciphertext> ciphertext, Sha256 contentHash, Signature signature) {
    return new Changed(
        new ReceivedEntry.Message(
            entry.id(),
            entry.sender(),
            entry.epoch(),
            entry.createdAt(),
            entry.client(),
            entry.sentAtMillis(),
            entry.seen(),
            ciphertext,
            contentHash,
            signature,
            entry.files(),
            entry.expiresSeconds()));
  }

  /** Signed anew, as it is now. */
  ReceivedEntry.Message signedBy(TestLog log, Person signer) {
    MessageText header =
        new MessageText(
            log.group,
            entry.epoch(),
            entry.sender(),
            entry.client(),
            entry.sentAtMillis(),
            entry.seen(),
            entry.expiresSeconds(),
            entry.files());
    return signature(signer.identity().signMessage(header, entry.contentHash())).entry();
  }
}
