package org.securechat.domain.timeline;

import java.security.SignatureException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.securechat.domain.conversation.Participant;
import org.securechat.domain.conversation.Tip;
import org.securechat.domain.event.Change;
import org.securechat.domain.event.EventBus;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.session.Caller;
import org.securechat.domain.session.SignedCaller;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.DeletionText;
import org.securechat.domain.transcript.EntryKind;
import org.securechat.domain.transcript.LogEntry;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;

/** Use case: the sender of a message, or an admin, deletes it. */
public final class DeleteMessage {
  private final MessageStore messages;
  private final SignatureVerifier signatures;
  private final EventBus events;
  private final Clock clock;

  DeleteMessage(MessageStore messages, SignatureVerifier signatures, EventBus events, Clock clock) {
    this.messages = messages;
    this.signatures = signatures;
    this.events = events;
    this.clock = clock;
  }

  /**
   * A deletion as it came.
   *
   * @param message the entry to delete, from 1
   * @param signature over the deletion's text
   */
  public record DeletionForm(long message, Seen seen, Signature signature) {}

  /**
   * A deletion that is in the timeline.
   *
   * @param isNew whether this request has put it there
   */
  public record Deleted(Entry.Deletion deletion, boolean isNew) {}

  /**
   * Deletes a message: its ciphertext is erased, and so are the bytes of its files. If it is
   * deleted already, that deletion is returned.
   *
   * @throws RejectedException with REPLAYED_REQUEST, NOT_AUTHENTICATED if the session ended
   *     meanwhile, NOT_FOUND if the caller is not in the conversation, FORBIDDEN while they are
   *     only invited, NOT_FOUND if there is no such message for the caller, FORBIDDEN if they have
   *     neither sent it nor are an admin, INVALID_REQUEST if the signature does not verify or the
   *     message comes after {@code seen}, or SEEN_MISMATCH; in this order
   */
  public Deleted delete(SignedCaller caller, ConversationId conversation, DeletionForm form) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    DeletionDecision decision =
        messages
            .delete(
                conversation,
                form.message(),
                form.seen().entry(),
                facts -> decide(facts, conversation, caller.caller(), form, now),
                caller.caller().actor(),
                caller.once())
            .orElseThrow(RejectedException::notFound);
    if (decision instanceof DeletionDecision.Append appended) {
      events.publish(new Change.Appended(conversation));
      return new Deleted(appended.deletion(), true);
    }
    long entry = ((DeletionDecision.Earlier) decision).entry();
    return new Deleted(
        messages
            .entry(conversation, entry)
            .map(Entry.Deletion.class::cast)
            .orElseThrow(RejectedException::notFound),
        false);
  }

  private DeletionDecision decide(
      DeletionFacts facts,
      ConversationId conversation,
      Caller caller,
      DeletionForm form,
      Instant now) {
    TimelineFacts timeline = facts.timeline();
    UserId sender = caller.session().user();
    Participant participant = Participant.requireJoined(timeline.participant());
    DeletionFacts.Target target =
        facts
            .target()
            .filter(each ->
                each.kind() == EntryKind.MESSAGE && participant.window().showsWhole(each.id()))
            .orElseThrow(RejectedException::notFound);
    if (!target.sender().equals(sender) && participant.role() != Role.ADMIN) {
      throw RejectedException.of(Rejection.FORBIDDEN);
    }
    DeletionText text = new DeletionText(timeline.group(), form.message(), sender, form.seen());
    requireSigned(caller, text, form);
    if (form.seen().entry() < form.message()) {
      throw RejectedException.invalidFields(
          Map.of("seen", "Must not lie before the message that is deleted"));
    }
    if (target.deletion().isPresent()) {
      return new DeletionDecision.Earlier(target.deletion().get());
    }
    if (!timeline.atSeen().equals(Optional.of(form.seen().hash()))) {
      throw RejectedException.of(Rejection.SEEN_MISMATCH);
    }
    Sha256 body = Sha256.of(text.bytes());
    long id = timeline.tip().last() + 1;
    LogEntry entry =
        new LogEntry(id, EntryKind.DELETION, sender, timeline.epoch(), body, form.signature());
    Tip tip = timeline.tip().append(entry, now);
    return new DeletionDecision.Append(
        new Entry.Deletion(
            new Place(conversation, id, sender, timeline.epoch(), tip.at()),
            form.message(),
            form.seen(),
            body,
            form.signature()),
        tip);
  }

  private void requireSigned(Caller caller, DeletionText text, DeletionForm form) {
    try {
      signatures.verify(caller.key(), text.bytes(), form.signature());
    } catch (SignatureException e) {
      throw RejectedException.invalidFields(
          Map.of("signature", "Must be the caller's signature over the deletion"));
    }
  }
}
