package org.securechat.client.conversation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.securechat.client.User;
import org.securechat.client.failure.ChatException;
import org.securechat.client.failure.RefusalCode;
import org.securechat.client.failure.RefusedException;
import org.securechat.client.failure.UnavailableException;
import org.securechat.client.failure.UnreachableException;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.DeletionText;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.MessageText;
import org.securechat.domain.transcript.Role;
import org.securechat.protocol.content.AttachedFile;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.EpochKey;
import org.securechat.protocol.conversation.OutgoingMessage;
import org.securechat.protocol.conversation.ReceivedEntry;
import org.securechat.protocol.conversation.ShownEntry;

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
  private static final Duration KEY_AGE = Duration.ofDays(7);
  private static final int KEY_MESSAGES = 1_000;

  /** How often others may come first before this client gives up. */
  private static final int MAX_CONFLICTS = 8;

  private final Desk desk;
  private final ConversationId id;
  private final VerifiedLog log;
  private boolean joined;

  private Conversation(Desk desk, ConversationId id, VerifiedLog log) {
    this.desk = desk;
    this.id = id;
    this.log = log;
  }

  /** Opens a conversation and reads all of it that this user may read. */
  static Conversation open(Desk desk, ConversationInfo info) {
    VerifiedLog log = VerifiedLog.begin(desk, info.id());
    if (!log.epoch().group().equals(info.group())) {
      throw new UntrustedAnswerException("The server names another group for the conversation");
    }
    Conversation conversation = new Conversation(desk, info.id(), log);
    conversation.joined =
        info.participant(desk.self().user())
            .map(ConversationInfo.Participant::joined)
            .orElse(false);
    conversation.readIfJoined();
    return conversation;
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

  /** The newest epoch that was verified. */
  public synchronized EpochStatement epoch() {
    return log.epoch();
  }

  /** What it is called, if anybody has said so. */
  public synchronized Optional<String> name() {
    return log.timeline().name(desk.clock().instant());
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
    return log.timeline().show(from, to, desk.clock().instant());
  }

  /** The same, of everything that this user may read. */
  public List<ShownEntry> history() {
    return show(1, Long.MAX_VALUE);
  }

  /** Reads and verifies what is new. */
  public synchronized void catchUp() {
    readIfJoined();
  }

  private void readIfJoined() {
    if (joined) {
      log.catchUp();
    }
  }

  /** Takes an entry that came as an event; asks for those before it if it comes too early. */
  synchronized void receive(ReceivedEntry entry) {
    if (entry.id() > log.seen().entry() + 1) {
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
   * Says something.
   *
   * @return the id of the message
   */
  public long say(String text) {
    return send(new MessageContent.Text(text, Optional.empty()));
  }

  /** Sends any content but files, for good. */
  public long send(MessageContent content) {
    return send(content, Duration.ZERO);
  }

  /**
   * Sends a content.
   *
   * @param lifetime after which clients hide and the server erases it, in whole seconds up to a
   *     year; zero for never
   * @return the id of the message
   */
  public synchronized long send(MessageContent content, Duration lifetime) {
    renewIfDue();
    ClientId client = new ClientId(randomUuid());
    List<Long> files = content.attached().stream().map(AttachedFile::fileId).toList();
    Set<Signature> sent = new HashSet<>();
    for (int conflicts = 0; ; conflicts++) {
      OutgoingMessage message = seal(content, client, lifetime);
      sent.add(message.signature());
      try {
        return kept(desk.calls().send(id, message, files), sent);
      } catch (RefusedException e) {
        if (conflicts == MAX_CONFLICTS) {
          throw e;
        }
        resolve(e);
      }
    }
  }

  private String randomUuid() {
    ByteBuffer bytes = ByteBuffer.wrap(desk.random().bytes(2 * Long.BYTES));
    long version4 = (bytes.getLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
    long variant = (bytes.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(version4, variant).toString();
  }

  private OutgoingMessage seal(MessageContent content, ClientId client, Duration lifetime) {
    EpochKey key =
        log.key(log.epoch().epoch())
            .orElseThrow(() ->
                new UntrustedAnswerException(
                    "This device got no key of the newest epoch that fits; renew the key"));
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

  /** What stands in the log is one of those that were sent under this client id. */
  private long kept(ReceivedEntry entry, Set<Signature> sent) {
    if (!(entry instanceof ReceivedEntry.Message message) || !sent.contains(message.signature())) {
      throw new UntrustedAnswerException("The server answers with another message");
    }
    log.expect(entry.id(), message.signature());
    log.catchUp();
    return entry.id();
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
    AttachedFile attached = new FileTransfer(desk).upload(id, file, mimeType, progress);
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

  /** Puts another text in the place of an earlier one of this user's. */
  public long edit(long message, String text) {
    return send(new MessageContent.Edit(message, text));
  }

  /** Puts a sign under a message. */
  public long react(long message, String emoji) {
    return send(new MessageContent.Reaction(message, emoji));
  }

  /** Deletes a message and its edits: this user's own, or as an admin anybody's. */
  public synchronized void delete(long message) {
    for (long edit : log.timeline().editsOf(message)) {
      deleteOne(edit);
    }
    deleteOne(message);
  }

  private void deleteOne(long message) {
    for (int conflicts = 0; ; conflicts++) {
      DeletionText text =
          new DeletionText(log.epoch().group(), message, desk.self().user(), log.attested());
      Signature signature = desk.self().identity().signDeletion(text);
      try {
        ReceivedEntry entry = desk.calls().delete(id, text, signature);
        if (entry instanceof ReceivedEntry.Deletion deletion
            && deletion.signature().equals(signature)) {
          log.expect(deletion.id(), signature);
        }
        log.catchUp();
        return;
      } catch (RefusedException e) {
        if (e.code() != RefusalCode.SEEN_MISMATCH || conflicts == MAX_CONFLICTS) {
          throw e;
        }
        log.catchUp();
      }
    }
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
    advance(members ->
        members.stream()
            .filter(member -> !people.contains(member.user()))
            .collect(Collectors.toList()));
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

  /** Before the first message after 7 days or 1,000 messages. */
  private void renewIfDue() {
    boolean isOld =
        log.epochBegan()
            .filter(began -> !began.plus(KEY_AGE).isAfter(desk.clock().instant()))
            .isPresent();
    if (isOld || log.messagesInEpoch() >= KEY_MESSAGES) {
      renewKey();
    }
  }

  /**
   * Begins the next epoch, without those who have left. If somebody else does so first, it is tried
   * again on theirs.
   *
   * @param change what the list of members is to be, of the list as it is
   */
  private synchronized void advance(UnaryOperator<List<Member>> change) {
    for (int conflicts = 0; ; conflicts++) {
      log.catchUp();
      EpochStatement previous = log.epoch();
      NextEpoch next =
          NextEpoch.after(desk, previous, log.attested(), change.apply(staying(previous)));
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
      if (isNewest(next)) {
        log.keep(next.key());
        return;
      }
    }
  }

  private boolean isNewest(NextEpoch next) {
    return log.epoch().equals(next.signed().statement());
  }

  /** INVALID_STATEMENT: somebody may have left between the question and the answer. */
  private static boolean isConflict(RefusedException refusal) {
    return refusal.code() == RefusalCode.EPOCH_CONFLICT
        || refusal.code() == RefusalCode.SEEN_MISMATCH
        || refusal.code() == RefusalCode.INVALID_STATEMENT;
  }

  /** Who has left, only the server knows; it can drop people with that, and nothing else. */
  private List<Member> staying(EpochStatement previous) {
    Set<UserId> present =
        info().participants().orElse(List.of()).stream()
            .map(ConversationInfo.Participant::user)
            .collect(Collectors.toSet());
    return previous.members().stream()
        .filter(member -> present.contains(member.user()))
        .collect(Collectors.toList());
  }

  /** The number alone: who talks to whom is for nobody else. */
  @Override
  public String toString() {
    return "Conversation[" + id.value() + "]";
  }
}
