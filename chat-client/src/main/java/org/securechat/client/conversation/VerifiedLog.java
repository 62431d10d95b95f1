package org.securechat.client.conversation;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.securechat.client.conversation.ConversationCalls.KnownEpoch;
import org.securechat.client.conversation.ConversationCalls.Part;
import org.securechat.client.failure.ChangedIdentityException;
import org.securechat.client.failure.ServerLiedException;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.conversation.EpochKey;
import org.securechat.protocol.conversation.IdentityChangedException;
import org.securechat.protocol.conversation.KeyRefusedException;
import org.securechat.protocol.conversation.ReceivedEntry;
import org.securechat.protocol.conversation.ServerFaultException;
import org.securechat.protocol.conversation.Timeline;
import org.securechat.protocol.conversation.Transcript;
import org.securechat.protocol.conversation.VerifiedEntry;
import org.securechat.protocol.conversation.VerifiedMessage;
import org.securechat.protocol.conversation.WrappedConversationKey;

/**
 * A conversation's log as far as it was verified, with the keys to it. For one thread at a time.
 */
final class VerifiedLog {
  private final Desk desk;
  private final ConversationId id;
  private final EpochStatement first;
  private final Transcript transcript;
  private final Timeline timeline = new Timeline();
  private final Map<Long, EpochStatement> statements = new HashMap<>();
  private final Map<Long, WrappedConversationKey> wrapped = new HashMap<>();
  private final Map<Long, EpochKey> keys = new HashMap<>();
  private long epochsKnown;
  private int messagesInEpoch;
  private Optional<Instant> epochBegan = Optional.empty();

  private VerifiedLog(Desk desk, ConversationId id, EpochStatement first, Transcript transcript) {
    this.desk = desk;
    this.id = id;
    this.first = first;
    this.transcript = transcript;
  }

  /**
   * Begins at the epoch that added this user, with nothing read yet.
   *
   * @throws ServerLiedException if it is no beginning
   * @throws ChangedIdentityException if somebody in it is not who they were
   */
  static VerifiedLog begin(Desk desk, ConversationId id) {
    Part<KnownEpoch> epochs = desk.calls().epochs(id, 1);
    if (epochs.items().isEmpty()) {
      throw new UntrustedAnswerException("The server knows no epoch of the conversation");
    }
    KnownEpoch first = epochs.items().get(0);
    try {
      Transcript transcript =
          Transcript.begin(
              desk.self().as(Role.MEMBER),
              desk.contacts(),
              desk.signatures(),
              first.signed(),
              first.entry());
      VerifiedLog log = new VerifiedLog(desk, id, first.signed().statement(), transcript);
      log.addKeys(epochs);
      return log;
    } catch (ServerFaultException e) {
      throw new ServerLiedException(e.fault());
    } catch (IdentityChangedException e) {
      throw changed(e);
    }
  }

  private static ChangedIdentityException changed(IdentityChangedException e) {
    return new ChangedIdentityException(String.valueOf(e.getMessage()), e.claimed());
  }

  /** Reads and verifies all that the server has. */
  void catchUp() {
    Part<ReceivedEntry> part;
    do {
      part = desk.calls().entriesAfter(id, transcript.seen().entry());
      if (part.items().isEmpty() && part.more()) {
        throw new UntrustedAnswerException("The server promises entries that it does not give");
      }
      part.items().forEach(this::acceptNext);
    } while (part.more());
  }

  /** Verifies an entry that came as an event; does nothing if it was read before. */
  void accept(ReceivedEntry entry) {
    if (entry.id() > transcript.seen().entry()) {
      acceptNext(entry);
    }
  }

  private void acceptNext(ReceivedEntry entry) {
    try {
      add(transcript.accept(entry));
    } catch (ServerFaultException e) {
      throw new ServerLiedException(e.fault());
    } catch (IdentityChangedException e) {
      throw changed(e);
    } catch (InvalidValueException e) {
      throw new UntrustedAnswerException("The server gives an entry that can't be", e);
    }
  }

  private void add(VerifiedEntry entry) {
    Optional<EpochKey> key = Optional.empty();
    if (entry instanceof VerifiedEntry.Epoch epoch) {
      statements.put(epoch.statement().epoch(), epoch.statement());
      epochBegan = Optional.of(epoch.createdAt());
      messagesInEpoch = 0;
    } else if (entry instanceof VerifiedMessage message) {
      key = key(message.header().epoch());
      messagesInEpoch++;
    }
    timeline.add(entry, key);
  }

  /**
   * The key of an epoch that was verified; empty if nobody gave this user one that fits.
   *
   * @param epoch its number
   */
  Optional<EpochKey> key(long epoch) {
    EpochStatement statement = statements.get(epoch);
    if (statement == null) {
      return Optional.empty();
    }
    EpochKey known = keys.get(epoch);
    if (known != null) {
      return Optional.of(known);
    }
    if (epoch > epochsKnown) {
      addKeys(desk.calls().epochs(id, epoch));
    }
    return Optional.ofNullable(wrapped.remove(epoch)).flatMap(key -> unwrap(key, statement));
  }

  private void addKeys(Part<KnownEpoch> epochs) {
    Part<KnownEpoch> part = epochs;
    while (true) {
      for (KnownEpoch each : part.items()) {
        epochsKnown = each.signed().statement().epoch();
        each.key().ifPresent(key -> wrapped.put(epochsKnown, key));
      }
      if (!part.more() || part.items().isEmpty()) {
        return;
      }
      part = desk.calls().epochs(id, epochsKnown + 1);
    }
  }

  private Optional<EpochKey> unwrap(WrappedConversationKey key, EpochStatement statement) {
    try {
      EpochKey opened = key.unwrap(statement, desk.self().user(), desk.self().identity());
      keys.put(statement.epoch(), opened);
      return Optional.of(opened);
    } catch (KeyRefusedException e) {
      return Optional.empty();
    }
  }

  /** This user has begun an epoch and has its key already. */
  void keep(EpochKey key) {
    keys.put(key.statement().epoch(), key);
  }

  /** This user has sent an entry, and the server said where it stands. */
  void expect(long entry, Signature signature) {
    try {
      transcript.expect(entry, signature);
    } catch (ServerFaultException e) {
      throw new ServerLiedException(e.fault());
    }
  }

  /** The newest epoch that was verified; before anything was read, the one that added this user. */
  EpochStatement epoch() {
    return transcript.epoch().orElse(first);
  }

  Seen seen() {
    return transcript.seen();
  }

  /**
   * The same, to be signed.
   *
   * @throws ServerLiedException if the server is proven to have lied: nothing is signed here then
   */
  Seen attested() {
    transcript
        .fault()
        .ifPresent(fault -> {
          throw new ServerLiedException(fault);
        });
    return transcript.seen();
  }

  Timeline timeline() {
    return timeline;
  }

  /** Messages under the newest key. */
  int messagesInEpoch() {
    return messagesInEpoch;
  }

  /** When the newest epoch began, by the server's word. */
  Optional<Instant> epochBegan() {
    return epochBegan;
  }
}
