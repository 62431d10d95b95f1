package org.securechat.client.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.securechat.client.User;
import org.securechat.client.failure.ChatException;
import org.securechat.client.failure.RefusalCode;
import org.securechat.client.failure.RefusedException;
import org.securechat.client.failure.UnavailableException;
import org.securechat.client.failure.UnreachableException;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.client.state.UnsentMessage;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.DeletionText;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.MessageText;
import org.securechat.domain.transcript.Role;
import org.securechat.protocol.content.AttachedFile;
import org.securechat.protocol.content.ContentCodec;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.EpochKey;
import org.securechat.protocol.conversation.OutgoingMessage;
import org.securechat.protocol.conversation.ReceivedEntry;
import org.securechat.protocol.conversation.ShownEntry;
import org.securechat.protocol.conversation.Timeline;

/**
 * A conversation on this device: what was verified of it, and the means to take part. Nothing of an
 * entry is shown or acted upon before it is verified, and what others do meanwhile is made room
 * for: a message that came too late for its epoch is sealed again for the next one, and stands in
 * the log once however often it was sent. Safe for use by many threads, which take turns.
 *
 * <p>Whatever asks the server throws a {@link ChatException} when that fails: a {@link
 * org.securechat.client.failure.ServerLiedException} where the server is proven to have lied, and a
 * {@link org.securechat.client.failure.ChangedIdentityException} where somebody is not who they
 * were.
 */
public final class Conversation {
  /** The longest that a message lives, unless it stays. */
  public static final Duration MAX_LIFETIME = Duration.ofDays(365);

  private static final Duration KEY_AGE = Duration.ofDays(7);
  private static final int KEY_MESSAGES = 1_000;

  /** How often others may come first before this client gives up. */
  private static final int MAX_CONFLICTS = 8;

  private static final String LONG_TEXT = "message.txt";

  /** What the server itself says of a message that it will never take; all else may pass. */
  private static final Set<RefusalCode> FOR_GOOD =
      Set.of(
          RefusalCode.INVALID_REQUEST,
          RefusalCode.BAD_REQUEST,
          RefusalCode.TOO_LARGE,
          RefusalCode.NOT_FOUND,
          RefusalCode.FORBIDDEN);

  private final Desk desk;
  private final ConversationId id;
  private final VerifiedLog log;
  private final Timeline timeline;
  private boolean joined;

  private Conversation(Desk desk, ConversationId id, VerifiedLog log, Timeline timeline) {
    this.desk = desk;
    this.id = id;
    this.log = log;
    this.timeline = timeline;
  }

  /** Opens a conversation and reads all of it that this user may read. */
  static Conversation open(Desk desk, ConversationInfo info) {
    Timeline timeline = new Timeline();
    VerifiedLog log = VerifiedLog.begin(desk, info);
    log.follow(timeline::add);
    Conversation conversation = new Conversation(desk, info.id(), log, timeline);
    conversation.joined = hasJoined(desk, info);
    if (conversation.joined) {
      log.catchUp();
    }
    return conversation;
  }

  private static boolean hasJoined(Desk desk, ConversationInfo info) {
    return info.participant(desk.self().user())
        .map(ConversationInfo.Participant::joined)
        .orElse(false);
  }

  public ConversationId id() {
    return id;
  }

  /** Whether this user has joined; who is only invited reads and sends nothing. */
  public synchronized boolean isJoined() {
    return joined;
  }

  /** Who is in it, by the newest epoch that was verified, in the order of their ids. */
  public synchronized List<Member> members() {
    return log.epoch().members();
  }

  /** Whether what this user may read of it begins with this very epoch. */
  synchronized boolean beginsWith(EpochStatement statement) {
    return log.first().signed().statement().equals(statement);
  }

  /** The newest epoch that was verified. */
  public synchronized EpochStatement epoch() {
    return log.epoch();
  }

  /** What it is called, if anybody has said so. */
  public synchronized Optional<String> name() {
    return timeline.name(desk.clock().instant());
  }

  /** The id of the last entry that was verified; 0 for none. */
  public synchronized long last() {
    return log.seen().entry();
  }

  /**
   * What there is to show, everything considered that came later.
   *
   * @param from the first entry
   * @param to the last entry
   */
  public synchronized List<ShownEntry> show(long from, long to) {
    return timeline.show(from, to, desk.clock().instant());
  }

  /** The same, of everything that this user may read. */
  public List<ShownEntry> history() {
    return show(1, Long.MAX_VALUE);
  }

  /** Reads and verifies what is new. */
  public synchronized void catchUp() {
    readIfJoined();
  }

  /** Who has not joined on this device may have on another. */
  private void readIfJoined() {
    joined = joined || hasJoined(desk, info());
    if (joined) {
      log.catchUp();
    }
  }

  /** Takes an entry that came as an event; asks for those before it if it comes too early. */
  synchronized void receive(ReceivedEntry entry) {
    if (!joined || entry.id() > log.seen().entry() + 1) {
      readIfJoined();
    }
    log.accept(entry);
  }

  /** What the server alone knows: who has joined, and read what. */
  public ConversationInfo info() {
    return desk.calls().find(id);
  }

  /** Accepts the invitation; does nothing for who has joined. */
  public synchronized void join() {
    desk.calls().join(id);
    joined = true;
    log.catchUp();
  }

  /** Leaves, or declines the invitation. */
  public synchronized void leave() {
    desk.calls().leave(id);
    joined = false;
  }

  /** Says that everything up to an entry was read. */
  public long markRead(long upTo) {
    return desk.calls().markRead(id, upTo);
  }

  /**
   * Says something. A text that is too long for a message, above some 63,000 bytes, goes as a file
   * in UTF-8 named {@value #LONG_TEXT}.
   *
   * @return the id of the message
   */
  public long say(String text) {
    MessageContent.Text content = new MessageContent.Text(text, Optional.empty());
    return ContentCodec.fits(content) ? send(content) : sayAsFile(text.getBytes(UTF_8));
  }

  private long sayAsFile(byte[] text) {
    try {
      AttachedFile attached =
          new FileTransfer(desk)
              .upload(
                  id, LONG_TEXT, () -> new ByteArrayInputStream(text), "text/plain", sent -> {});
      return send(new MessageContent.Files(List.of(attached), Optional.empty()));
    } catch (IOException e) {
      throw new UncheckedIOException("From the heap", e);
    }
  }

  /** Sends any content but files, for good. */
  public long send(MessageContent content) {
    return send(content, Duration.ZERO);
  }

  /**
   * Sends a content. Before it leaves it is kept, and if it is not known whether the server has it,
   * it {@linkplain #unsent waits} to be sent again.
   *
   * @param lifetime after which clients hide and the server erases it, in whole seconds up to a
   *     year; zero for never
   * @return the id of the message
   * @throws InvalidValueException for another lifetime, or a content that does not fit
   */
  public synchronized long send(MessageContent content, Duration lifetime) {
    ContentCodec.encode(content);
    requireLifetime(lifetime);
    UnsentMessage message = new UnsentMessage(id, newClientId(), content, lifetime);
    desk.notebook().keep(message);
    return send(message);
  }

  private static void requireLifetime(Duration lifetime) {
    if (lifetime.isNegative()
        || !lifetime.equals(Duration.ofSeconds(lifetime.toSeconds()))
        || lifetime.compareTo(MAX_LIFETIME) > 0) {
      throw new InvalidValueException("A message lives for whole seconds, up to a year");
    }
  }

  /**
   * Sends what waits, in its order, until one can't be sent. One that the server has already is not
   * sent twice.
   */
  public synchronized void sendUnsent() {
    readIfJoined();
    for (UnsentMessage message : unsent()) {
      if (log.entryOf(message.client()).isPresent()) {
        desk.notebook().settle(message.client());
      } else {
        send(message);
      }
    }
  }

  /** The messages that are not known to have arrived, in their order. */
  public List<UnsentMessage> unsent() {
    return desk.notebook().unsent(id);
  }

  /** Gives up a message that waits; it may have arrived nevertheless. */
  public void discard(ClientId unsent) {
    desk.notebook().drop(unsent);
  }

  private long send(UnsentMessage unsent) {
    if (!joined) {
      readIfJoined();
    }
    List<Long> files = unsent.content().attached().stream().map(AttachedFile::fileId).toList();
    for (int conflicts = 0; ; conflicts++) {
      renewIfDue();
      OutgoingMessage message = seal(unsent.content(), unsent.client(), unsent.lifetime());
      ReceivedEntry entry;
      try {
        entry = desk.calls().send(id, message, files);
      } catch (RefusedException e) {
        if (FOR_GOOD.contains(e.code())) {
          desk.notebook().settle(unsent.client());
        }
        if (conflicts == MAX_CONFLICTS) {
          throw e;
        }
        resolve(e);
        continue;
      }
      return kept(entry, unsent.client());
    }
  }

  /**
   * A UUID of version 7 (RFC 9562), which begins with the time: such ids lie beside each other in
   * the server's index, and tell it no more than the header does.
   */
  private ClientId newClientId() {
    ByteBuffer random = ByteBuffer.wrap(desk.random().bytes(2 * Long.BYTES));
    long version7 = (desk.clock().millis() << 16) | 0x7000L | (random.getLong() & 0xfffL);
    long variant = (random.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new ClientId(new UUID(version7, variant).toString());
  }

  private OutgoingMessage seal(MessageContent content, ClientId client, Duration lifetime) {
    EpochKey key = log.key(log.epoch().epoch()).orElseThrow(this::noKey);
    MessageText header =
        new MessageText(
            log.epoch().group(),
            log.epoch().epoch(),
            desk.self().user(),
            client,
            desk.clock().millis(),
            log.attested(),
            lifetime.toSeconds(),
            content.attached().stream().map(AttachedFile::sha256).toList());
    return key.seal(header, content, desk.self().identity(), desk.random());
  }

  /** Whoever was removed a moment ago gets no key either: then the server says so. */
  private UntrustedAnswerException noKey() {
    info();
    return new UntrustedAnswerException(
        "This device got no key of the newest epoch that fits; renew the key");
  }

  /** What stands in the log is what this user has signed under this client id. */
  private long kept(ReceivedEntry entry, ClientId client) {
    if (entry instanceof ReceivedEntry.Message message) {
      log.expect(message.id(), message.signature());
      if (!readBack() || log.entryOf(client).equals(Optional.of(message.id()))) {
        desk.notebook().settle(client);
        return message.id();
      }
    }
    throw new UntrustedAnswerException("The server answers with another message");
  }

  /**
   * Reads what the server has confirmed; that this can't be kept is no reason to say that it was
   * not sent.
   *
   * @return false for whoever was removed right after, and reads nothing more: then it stands there
   *     by the server's word
   */
  private boolean readBack() {
    try {
      log.readOn();
      return true;
    } catch (RefusedException e) {
      if (e.code() != RefusalCode.NOT_FOUND) {
        throw e;
      }
      return false;
    }
  }

  /** Makes room for what others did; passes on what that does not mend. */
  private void resolve(RefusedException refusal) {
    switch (refusal.code()) {
      case STALE_EPOCH, SEEN_MISMATCH -> log.catchUp();
      case REKEY_REQUIRED -> renewKey();
      default -> throw refusal;
    }
  }

  /**
   * Sends a file, encrypted chunk by chunk.
   *
   * @param mimeType for its readers only
   * @param text that goes with it
   * @param progress is told how many bytes are on their way
   * @return the id of the message
   * @throws IOException if the file can't be read, or changes meanwhile
   */
  public long sendFile(Path file, String mimeType, Optional<String> text, LongConsumer progress)
      throws IOException {
    return sendFile(file, mimeType, text, Duration.ZERO, progress);
  }

  /**
   * Sends a file that vanishes, as {@link #send(MessageContent, Duration)} says.
   *
   * @throws IOException if the file can't be read, or changes meanwhile
   */
  public long sendFile(
      Path file, String mimeType, Optional<String> text, Duration lifetime, LongConsumer progress)
      throws IOException {
    requireLifetime(lifetime);
    String name = file.getFileName().toString();
    AttachedFile attached =
        new FileTransfer(desk)
            .upload(id, name, () -> Files.newInputStream(file), mimeType, progress);
    return send(new MessageContent.Files(List.of(attached), text), lifetime);
  }

  /**
   * Saves a file of a message, decrypted chunk by chunk. Under its name there is all of it or
   * nothing.
   *
   * @param target chosen by the user; the name in the message is the sender's word
   * @param progress is told how many bytes have come
   * @throws FileAlreadyExistsException if there is something of that name; it stays
   * @throws org.securechat.protocol.file.DamagedFileException if it is not the file that was sent
   */
  public void saveFile(AttachedFile file, Path target, LongConsumer progress) throws IOException {
    new FileTransfer(desk).save(file, target, progress);
  }

  /** Puts another text in the place of an earlier one of this user's; it expires with it. */
  public synchronized long edit(long message, String text) {
    return send(new MessageContent.Edit(message, text), lifetimeLeft(message));
  }

  /** Whole seconds, and the last one whole: the earlier text must not show again. */
  private Duration lifetimeLeft(long message) {
    return show(message, message).stream()
        .flatMap(entry -> entry instanceof ShownEntry.Message said ? Stream.of(said) : Stream.of())
        .flatMap(said -> said.expiresAt().stream())
        .map(end -> Duration.between(desk.clock().instant(), end).plusMillis(999))
        .map(left -> Duration.ofSeconds(Math.max(1, left.toSeconds())))
        .findFirst()
        .orElse(Duration.ZERO);
  }

  /** Puts a sign under a message. */
  public long react(long message, String emoji) {
    return send(new MessageContent.Reaction(message, emoji));
  }

  /**
   * Deletes a message and its author's edits of it: this user's own, or as an admin anybody's.
   * Catches up first, so that no edit stays that stands on the server already.
   *
   * @throws UntrustedAnswerException if the server's answer deletes nothing
   */
  public synchronized void delete(long message) {
    catchUp();
    for (long edit : timeline.editsOf(message)) {
      deleteOne(edit);
    }
    deleteOne(message);
  }

  private void deleteOne(long message) {
    for (int conflicts = 0; ; conflicts++) {
      DeletionText text =
          new DeletionText(log.epoch().group(), message, desk.self().user(), log.attested());
      Signature signature = desk.self().identity().signDeletion(text);
      ReceivedEntry entry;
      try {
        entry = desk.calls().delete(id, text, signature);
      } catch (RefusedException e) {
        if (e.code() != RefusalCode.SEEN_MISMATCH || conflicts == MAX_CONFLICTS) {
          throw e;
        }
        log.catchUp();
        continue;
      }
      requireDeleted(message, entry, signature);
      return;
    }
  }

  /** Be it by this deletion, or by another that came first. */
  private void requireDeleted(long message, ReceivedEntry answer, Signature own) {
    if (answer instanceof ReceivedEntry.Deletion deletion && deletion.message() == message) {
      if (deletion.signature().equals(own)) {
        log.expect(deletion.id(), own);
      }
      boolean wasRead = readBack();
      desk.notebook().saveIfPossible();
      if (!wasRead || timeline.isDeleted(message)) {
        return;
      }
    }
    throw new UntrustedAnswerException("The server answers with another deletion");
  }

  /**
   * Adds people, who are invited with it. They read what is said from here on.
   *
   * @throws RefusedException with FORBIDDEN also if one of them has blocked this user
   */
  public void add(List<User> people, Role role) {
    advance(members -> {
      List<Member> more = new ArrayList<>(members);
      for (User person : people) {
        if (members.stream().noneMatch(member -> member.user().equals(person.id()))) {
          more.add(new Member(person.id(), role, person.publicKey(), person.username()));
        }
      }
      return more;
    });
    name().ifPresent(name -> send(new MessageContent.Name(name)));
  }

  /** Removes people, who read nothing of what is said from here on. */
  public void remove(Set<UserId> people) {
    advance(members -> without(people, members));
  }

  /** Makes somebody an admin, or an admin a member. */
  public void changeRole(UserId person, Role role) {
    advance(members ->
        members.stream()
            .map(member ->
                member.user().equals(person)
                    ? new Member(person, role, member.key(), member.name())
                    : member)
            .collect(Collectors.toList()));
  }

  /** Begins an epoch with a new key for those who are still here. */
  public void renewKey() {
    advance(members -> members);
  }

  /** Before the first message after 7 days or 1,000 messages, and where this user has no key. */
  private void renewIfDue() {
    boolean isOld =
        log.epochBegan()
            .filter(began -> !began.plus(KEY_AGE).isAfter(desk.clock().instant()))
            .isPresent();
    if (isOld || log.messagesInEpoch() >= KEY_MESSAGES || lacksKey()) {
      renewKey();
    }
  }

  /** Whoever has not joined has read nothing yet, and whoever was removed is to have none. */
  private boolean lacksKey() {
    EpochStatement newest = log.epoch();
    return joined
        && newest.member(desk.self().user()).isPresent()
        && log.key(newest.epoch()).isEmpty();
  }

  /**
   * Begins the next epoch, without those who have left: who is to come back can be in the one after
   * that only. If somebody else does so first, it is tried again on theirs, but not for ever.
   *
   * @param change what the list of members is to be, of the list as it is
   */
  private synchronized void advance(UnaryOperator<List<Member>> change) {
    for (int conflicts = 0; conflicts <= MAX_CONFLICTS; conflicts++) {
      log.catchUp();
      EpochStatement previous = log.epoch();
      Set<UserId> left = previous.leavers(present());
      List<Member> staying = without(left, previous.members());
      List<Member> changed = change.apply(staying);
      boolean isReturn = changed.stream().anyMatch(member -> left.contains(member.user()));
      NextEpoch next =
          NextEpoch.after(desk, previous, log.attested(), isReturn ? staying : changed);
      try {
        desk.calls().startEpoch(id, next.signed(), next.keys());
      } catch (UnreachableException | UnavailableException e) {
        if (conflicts == MAX_CONFLICTS || !desk.calls().waited(e, conflicts + 1)) {
          throw e;
        }
      } catch (RefusedException e) {
        if (!isConflict(e) || conflicts == MAX_CONFLICTS) {
          throw e;
        }
      }
      log.catchUp();
      if (log.hasBegun(next.signed().statement())) {
        log.keep(next.key());
        if (!isReturn) {
          return;
        }
      }
    }
    throw new UntrustedAnswerException(
        "The server takes new epochs of conversation " + id.value() + " and does not show them");
  }

  /** INVALID_STATEMENT: somebody may have left between the question and the answer. */
  private static boolean isConflict(RefusedException refusal) {
    return refusal.code() == RefusalCode.EPOCH_CONFLICT
        || refusal.code() == RefusalCode.SEEN_MISMATCH
        || refusal.code() == RefusalCode.INVALID_STATEMENT;
  }

  /** Who has left, only the server knows; it can drop people with that, and nothing else. */
  private Set<UserId> present() {
    Set<UserId> present =
        info().participants().orElse(List.of()).stream()
            .map(ConversationInfo.Participant::user)
            .collect(Collectors.toSet());
    if (!present.contains(desk.self().user())) {
      throw new UntrustedAnswerException(
          "The server does not name this user among those in conversation " + id.value());
    }
    return present;
  }

  private static List<Member> without(Set<UserId> people, List<Member> members) {
    return members.stream()
        .filter(member -> !people.contains(member.user()))
        .collect(Collectors.toList());
  }

  /** The number alone: who talks to whom is for nobody else. */
  @Override
  public String toString() {
    return "Conversation[" + id.value() + "]";
  }
}
