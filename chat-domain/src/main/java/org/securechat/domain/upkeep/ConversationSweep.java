package org.securechat.domain.upkeep;

import java.time.Instant;
import java.util.Set;
import org.securechat.domain.conversation.ConversationSettings;
import org.securechat.domain.conversation.ConversationStore;
import org.securechat.domain.event.Change;
import org.securechat.domain.event.EventBus;
import org.securechat.domain.file.FileSettings;
import org.securechat.domain.file.FileStore;
import org.securechat.domain.timeline.MessageStore;

/**
 * Erases what has expired of messages and files, takes users whose account has ended out of their
 * conversations, and removes conversations that nobody is in.
 */
public final class ConversationSweep {
  /** Chunks are large: the most that one call removes. */
  static final int CHUNKS = 64;

  private final ConversationStore conversations;
  private final MessageStore messages;
  private final FileStore files;
  private final FileSettings fileSettings;
  private final EventBus events;

  public ConversationSweep(
      ConversationStore conversations,
      MessageStore messages,
      FileStore files,
      FileSettings fileSettings,
      EventBus events) {
    this.conversations = conversations;
    this.messages = messages;
    this.files = files;
    this.fileSettings = fileSettings;
    this.events = events;
  }

  /** Does one batch; returns whether more is left. */
  boolean run(Instant now) {
    boolean more = messages.expire(now, Housekeeping.BATCH) == Housekeeping.BATCH;
    ConversationStore.Swept swept = conversations.sweepClosedAccounts(Housekeeping.BATCH);
    swept.left().forEach(left -> events.publish(new Change.Reshaped(left, Set.of())));
    more |= swept.more();
    more |= conversations.sweepEnded(Housekeeping.BATCH);
    more |=
        conversations.forgetStartedBefore(
                now.minus(ConversationSettings.STARTS_WINDOW), Housekeeping.BATCH)
            == Housekeeping.BATCH;
    more |=
        files.sweep(
            now.minus(FileSettings.UPLOAD_LIFETIME), now.minus(fileSettings.unattached()), CHUNKS);
    return more;
  }
}
