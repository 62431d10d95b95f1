package org.securechat.domain.timeline;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.securechat.domain.conversation.Participant;
import org.securechat.domain.conversation.Tip;
import org.securechat.domain.event.Change;
import org.securechat.domain.event.EventBus;
import org.securechat.domain.file.FileId;
import org.securechat.domain.file.FileRecord;
import org.securechat.domain.file.StoredFile;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.session.SignedCaller;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.EntryKind;
import org.securechat.domain.transcript.LogEntry;
import org.securechat.domain.transcript.MessageText;

/** Use case: a participant sends a message. Sending it again changes nothing. */
public final class PostMessage {
  private final MessageStore messages;
  private final TimelineSettings settings;
  private final EventBus events;
  private final Clock clock;

  PostMessage(MessageStore messages, TimelineSettings settings, EventBus events, Clock clock) {
    this.messages = messages;
    this.settings = settings;
    this.events = events;
    this.clock = clock;
  }

  /**
   * A message that is in the timeline.
   *
   * @param isNew whether this request has put it there
   */
  public record Posted(Entry.Message message, boolean isNew) {}

  /**
   * Sends a message. If the caller has sent one with the same client id before, that is returned as
   * it is now, whatever else has changed since.
   *
   * @throws RejectedException with INVALID_REQUEST for too long a ciphertext, NOT_AUTHENTICATED if
   *     the session ended meanwhile, NOT_FOUND if the caller is not in the conversation, FORBIDDEN
   *     while they are only invited, REKEY_REQUIRED, STALE_EPOCH, SEEN_MISMATCH, or INVALID_REQUEST
   *     if a file is not the caller's to send here; in this order
   */
  public Posted post(SignedCaller caller, ConversationId conversation, MessageDraft draft) {
    if (draft.content().ciphertext().length > settings.ciphertextBytes()) {
      throw RejectedException.invalidFields(
          Map.of("content", "Must have at most " + settings.ciphertextBytes() + " bytes"));
    }
    UserId sender = caller.caller().session().user();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Sha256 contentHash = draft.content().hash();
    PostDecision decision =
        messages
            .append(
                conversation,
                draft,
                facts -> decide(facts, conversation, sender, draft, contentHash, now),
                caller.caller().actor())
            .orElseThrow(RejectedException::notFound);
    if (decision instanceof PostDecision.Append appended) {
      events.publish(new Change.Appended(conversation));
      return new Posted(appended.message(), true);
    }
    return new Posted(earlier(conversation, ((PostDecision.Earlier) decision).entry(), now), false);
  }

  /** Between the decision and this the conversation may have ended. */
  private Entry.Message earlier(ConversationId conversation, long entry, Instant now) {
    return messages
        .entry(conversation, entry)
        .map(Entry.Message.class::cast)
        .map(message -> message.asOf(now))
        .orElseThrow(RejectedException::notFound);
  }

  private static PostDecision decide(
      PostFacts facts,
      ConversationId conversation,
      UserId sender,
      MessageDraft draft,
      Sha256 contentHash,
      Instant now) {
    TimelineFacts timeline = facts.timeline();
    Participant.requireJoined(timeline.participant());
    if (facts.earlier().isPresent()) {
      return new PostDecision.Earlier(facts.earlier().get());
    }
    if (timeline.rekeyRequired()) {
      throw RejectedException.rekeyRequired(timeline.epoch());
    }
    if (draft.epoch() != timeline.epoch()) {
      throw RejectedException.staleEpoch(timeline.epoch());
    }
    if (draft.seen().entry() < timeline.epochEntry()
        || !timeline.atSeen().equals(Optional.of(draft.seen().hash()))) {
      throw RejectedException.of(Rejection.SEEN_MISMATCH);
    }
    List<FileRecord> files = requireFiles(facts.files(), conversation, sender, draft);
    MessageText text =
        new MessageText(
            timeline.group(),
            draft.epoch(),
            sender,
            draft.client(),
            draft.sentAtMillis(),
            draft.seen(),
            draft.expiresIn().orElse(0),
            files.stream().map(FileRecord::sha256).toList());
    Sha256 body = Sha256.of(text.signed(contentHash));
    long id = timeline.tip().last() + 1;
    Tip tip =
        timeline
            .tip()
            .append(
                new LogEntry(id, EntryKind.MESSAGE, sender, draft.epoch(), body, draft.signature()),
                now);
    return new PostDecision.Append(
        new Entry.Message(
            new Place(conversation, id, sender, draft.epoch(), tip.at()),
            draft.client(),
            draft.sentAtMillis(),
            draft.seen(),
            Optional.of(draft.content()),
            contentHash,
            body,
            draft.signature(),
            files,
            draft.expiresIn(),
            draft.expiresIn().map(seconds -> tip.at().plusSeconds(seconds))),
        tip);
  }

  /** Each goes into one message of its uploader, in the conversation it was uploaded to. */
  private static List<FileRecord> requireFiles(
      List<StoredFile> found, ConversationId conversation, UserId sender, MessageDraft draft) {
    Map<FileId, FileRecord> usable = new HashMap<>();
    for (StoredFile file : found) {
      if (file.conversation().equals(conversation)
          && file.uploader().equals(sender)
          && file.entry().isEmpty()
          && !file.erased()) {
        usable.put(file.file().id(), file.file());
      }
    }
    List<FileRecord> files = new ArrayList<>();
    for (FileId id : draft.files()) {
      FileRecord file = usable.get(id);
      if (file == null) {
        throw RejectedException.invalidFields(
            Map.of("file_ids", "Must be files of the sender in this conversation, not sent yet"));
      }
      files.add(file);
    }
    return files;
  }
}
