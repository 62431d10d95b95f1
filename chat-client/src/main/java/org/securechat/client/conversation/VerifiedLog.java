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
import org.securechat.client.state.KnownConversation;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.conversation.ConversationKey;
import org.securechat.protocol.conversation.EpochKey;
import org.securechat.protocol.conversation.IdentityChangedException;
import org.securechat.protocol.conversation.KeyRefusedException;
import org.securechat.protocol.conversation.ReceivedEntry;
import org.securechat.protocol.conversation.ServerFaultException;
import org.securechat.protocol.conversation.Transcript;
import org.securechat.protocol.conversation.VerifiedEntry;
import org.securechat.protocol.conversation.VerifiedMessage;
import org.securechat.protocol.conversation.WrappedConversationKey;
import org.securechat.protocol.export.ExportVerifier;

/**
 * A conversation's log as far as it was verified, with the keys to it. For one thread at a time.
 */
final class VerifiedLog {
  private final Desk desk;
  private final ConversationId id;
  private final KnownEpoch first;
  private final Transcript transcript;
  private Follower follower = (entry, key) -> {};
  private final Map<Long, EpochStatement> statements = new HashMap<>();
  private final Map<Long, WrappedConversationKey> wrapped = new HashMap<>();
  private final Map<Long, EpochKey> keys = new HashMap<>();
  private final Map<Long, ConversationKey> keptKeys;
  private long epochsKnown;
  private long entries;
  private int messagesInEpoch;
  private Optional<Instant> epochBegan = Optional.empty();

  /** Who is given the entries; a log keeps none of them. */
  interface Follower {

    /** The next entry as it came, before it is verified. */
    default void received(ReceivedEntry entry) {}

    /**
     * The entry that was just received, verified.
     *
     * @param key with a message, the key of its epoch if this user has it
     */
    void verified(VerifiedEntry entry, Optional<EpochKey> key);
  }

  private VerifiedLog(
      Desk desk,
      ConversationId id,
      KnownEpoch first,
      Transcript transcript,
      Map<Long, ConversationKey> keptKeys) {
    this.desk = desk;
    this.id = id;
    this.first = first;
    this.transcript = transcript;
    this.keptKeys = new HashMap<>(keptKeys);
  }

  /**
   * Begins at the epoch that added this user, with nothing read yet.
   *
   * @throws ServerLiedException if it is no beginning
   * @throws ChangedIdentityException if somebody in it is not who they were
   * @throws UntrustedAnswerException if it is another group's than the server says
   */
  static VerifiedLog begin(Desk desk, ConversationInfo info) {
    ConversationId id = info.id();
    Part<KnownEpoch> epochs = desk.calls().epochs(id, 1);
    if (epochs.items().isEmpty()) {
      throw new UntrustedAnswerException("The server knows no epoch of conversation " + id.value());
    }
    KnownEpoch first = epochs.items().get(0);
    KnownConversation known = desk.notebook().known(id);
    if (!first.signed().statement().group().equals(known.group())) {
      throw Notebook.anotherGroup(id);
    }
    try {
      Transcript transcript =
          Transcript.begin(
              desk.self().as(Role.MEMBER),
              desk.notebook().contacts(),
              desk.signatures(),
              first.signed(),
              first.entry());
      transcript.rememberEpochs(known.keys().keySet());
      transcript.remember(known.seen());
      VerifiedLog log = new VerifiedLog(desk, id, first, transcript, known.keys());
      log.addKeys(epochs);
      return log;
    } catch (ServerFaultException e) {
      throw lied(desk, id, e);
    } catch (IdentityChangedException e) {
      throw new ChangedIdentityException(e);
    }
  }

  private static ServerLiedException lied(
      Desk desk, ConversationId id, ServerFaultException caught) {
    desk.notebook().caught(id, caught.fault());
    return new ServerLiedException(caught.fault());
  }

  /** Gives the entries that come to somebody; set before the first is read. */
  void follow(Follower next) {
    follower = next;
  }

  /**
   * Reads and verifies all that the server has, which is everything that it ever showed.
   *
   * @throws ServerLiedException also where it was caught by another reading
   */
  void catchUp() {
    requireHonest();
    readOn();
    desk.notebook().save();
  }

  /** The same, whatever the server was caught at, and kept with what is kept next. */
  void readOn() {
    Part<ReceivedEntry> part;
    do {
      part = desk.calls().entriesAfter(id, transcript.seen().entry());
      if (part.items().isEmpty() && part.more()) {
        throw new UntrustedAnswerException(
            "The server promises entries of conversation " + id.value() + " that it does not give");
      }
      requireSameMembership(part);
      part.items().forEach(this::acceptNext);
    } while (part.more());
    try {
      transcript.requireComplete();
    } catch (ServerFaultException e) {
      throw lied(desk, id, e);
    }
    desk.notebook().reached(id, transcript.seen(), keptKeys);
  }

  private void requireHonest() {
    transcript
        .fault()
        .or(() -> desk.notebook().fault(id))
        .ifPresent(fault -> {
          throw new ServerLiedException(fault);
        });
  }

  /**
   * A gap is a lie, but for who was removed and added again, which takes two epochs. That it was so
   * is the server's word, so this log does not go on with whomever it names now.
   */
  private void requireSameMembership(Part<ReceivedEntry> part) {
    if (part.items().isEmpty() || part.items().get(0).id() == seen().entry() + 1) {
      return;
    }
    Part<KnownEpoch> epochs = desk.calls().epochs(id, 1);
    if (!epochs.items().isEmpty()
        && epochs.items().get(0).signed().statement().epoch() > epoch().epoch() + 1) {
      throw new UntrustedAnswerException(
          "The server says that this user was removed and added again; wait for that event, and"
              + " open the conversation again");
    }
  }

  /** Verifies an entry that came as an event; does nothing if it was read before. */
  void accept(ReceivedEntry entry) {
    if (entry.id() > transcript.seen().entry()) {
      acceptNext(entry);
      desk.notebook().reached(id, transcript.seen(), keptKeys);
    }
  }

  private void acceptNext(ReceivedEntry entry) {
    if (entries == ExportVerifier.MAX_ENTRIES) {
      throw new UntrustedAnswerException(
          "The server gives more than "
              + ExportVerifier.MAX_ENTRIES
              + " entries of conversation "
              + id.value());
    }
    // Asked for before anything is taken: if no answer comes, the entry comes again.
    Optional<EpochKey> key =
        entry instanceof ReceivedEntry.Message message ? key(message.epoch()) : Optional.empty();
    follower.received(entry);
    try {
      add(transcript.accept(entry), key);
      entries++;
    } catch (ServerFaultException e) {
      throw lied(desk, id, e);
    } catch (IdentityChangedException e) {
      throw new ChangedIdentityException(e);
    } catch (InvalidValueException e) {
      throw EntryReader.impossible(entry.id(), id, e);
    }
  }

  private void add(VerifiedEntry entry, Optional<EpochKey> key) {
    if (entry instanceof VerifiedEntry.Epoch epoch) {
      statements.put(epoch.statement().epoch(), epoch.statement());
      epochBegan = Optional.of(epoch.createdAt());
      messagesInEpoch = 0;
    } else if (entry instanceof VerifiedMessage) {
      messagesInEpoch++;
    }
    follower.verified(entry, entry instanceof VerifiedMessage ? key : Optional.empty());
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
    Optional<EpochKey> kept = kept(statement);
    if (kept.isPresent()) {
      return kept;
    }
    if (epoch > epochsKnown) {
      addKeys(desk.calls().epochs(id, epoch));
    }
    return Optional.ofNullable(wrapped.remove(epoch)).flatMap(key -> unwrap(key, statement));
  }

  /** One that this device opened before it was started anew, which the server need not give. */
  private Optional<EpochKey> kept(EpochStatement statement) {
    ConversationKey key = keptKeys.get(statement.epoch());
    return key == null ? Optional.empty() : use(key, statement);
  }

  private Optional<EpochKey> use(ConversationKey key, EpochStatement statement) {
    try {
      EpochKey bound = EpochKey.of(key, statement);
      keep(bound);
      return Optional.of(bound);
    } catch (KeyRefusedException e) {
      return Optional.empty();
    }
  }

  /** A page alone; the next is asked for when an epoch of it was verified. */
  private void addKeys(Part<KnownEpoch> epochs) {
    for (KnownEpoch each : epochs.items()) {
      epochsKnown = each.signed().statement().epoch();
      each.key().ifPresent(key -> wrapped.put(epochsKnown, key));
    }
  }

  private Optional<EpochKey> unwrap(WrappedConversationKey key, EpochStatement statement) {
    try {
      EpochKey opened = key.unwrap(statement, desk.self().user(), desk.self().identity());
      keep(opened);
      return Optional.of(opened);
    } catch (KeyRefusedException e) {
      return Optional.empty();
    }
  }

  /** This user has begun an epoch and has its key already. */
  void keep(EpochKey key) {
    keys.put(key.statement().epoch(), key);
    keptKeys.put(key.statement().epoch(), key.conversationKey());
  }

  /** This user has sent an entry, and the server said where it stands. */
  void expect(long entry, Signature signature) {
    try {
      transcript.expect(entry, signature);
    } catch (ServerFaultException e) {
      throw lied(desk, id, e);
    }
  }

  /** The newest epoch that was verified; before anything was read, the one that added this user. */
  EpochStatement epoch() {
    return transcript.epoch().orElse(first.signed().statement());
  }

  /** Where a message of this user stands, if it was read. */
  Optional<Long> entryOf(ClientId own) {
    return transcript.entryOf(desk.self().user(), own);
  }

  /** Whether this very epoch was verified, be it the newest or not. */
  boolean hasBegun(EpochStatement statement) {
    return statement.equals(statements.get(statement.epoch()));
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
    requireHonest();
    return transcript.seen();
  }

  /** Where it begins. */
  KnownEpoch first() {
    return first;
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
