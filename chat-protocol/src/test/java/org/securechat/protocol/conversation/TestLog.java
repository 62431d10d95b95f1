package org.securechat.protocol.conversation;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.securechat.crypto.BouncyCastleSignatureVerifier;
import org.securechat.crypto.SystemRandomSource;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.DeletionText;
import org.securechat.domain.transcript.EntryKind;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.GroupId;
import org.securechat.domain.transcript.LogEntry;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.MessageText;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.content.AttachedFile;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.key.IdentityKeyPair;

/** A conversation as honest members and an honest server make it; the tests lie about it. */
final class TestLog {
  static final Instant NOON = Instant.parse("2026-01-19T12:00:00Z");
  static final RandomSource RANDOM = new SystemRandomSource();
  static final SignatureVerifier STRICT = new BouncyCastleSignatureVerifier();

  final GroupId group;
  private final RandomSource random;
  final List<ReceivedEntry> entries = new ArrayList<>();
  private final List<Seen> chain = new ArrayList<>(List.of(Seen.NOTHING));
  private final Map<Long, EpochKey> keys = new HashMap<>();
  private final Map<UserId, Integer> addedAt = new HashMap<>();
  private final Map<UserId, Person> people = new HashMap<>();
  private @Nullable SignedStatement newest;
  private int epochEntry = 1;

  /** A person with an identity. */
  record Person(UserId id, Username name, IdentityKeyPair identity) {
    static Person of(long id, String name) {
      return new Person(new UserId(id), new Username(name), IdentityKeyPair.generate(RANDOM));
    }

    Member as(Role role) {
      return new Member(id, role, identity.publicKey(), name);
    }
  }

  private TestLog(RandomSource random) {
    this.random = random;
    this.group = GroupId.random(random);
  }

  static TestLog begin(Person creator, Person... others) {
    return begin(RANDOM, creator, others);
  }

  /** With all that is drawn from one source. */
  static TestLog begin(RandomSource random, Person creator, Person... others) {
    List<Member> members = new ArrayList<>(List.of(creator.as(Role.ADMIN)));
    Arrays.stream(others).forEach(other -> members.add(other.as(Role.MEMBER)));
    ConversationKey key = ConversationKey.generate(random);
    TestLog log = new TestLog(random);
    log.people.put(creator.id(), creator);
    log.meet(others);
    log.begin(creator, 1, Seen.NOTHING.hash(), Seen.NOTHING, members, key);
    return log;
  }

  void meet(Person... others) {
    Arrays.stream(others).forEach(other -> people.put(other.id(), other));
  }

  EpochStatement statement() {
    return Objects.requireNonNull(newest).statement();
  }

  EpochKey key() {
    return key(statement().epoch());
  }

  EpochKey key(long epoch) {
    return Objects.requireNonNull(keys.get(epoch));
  }

  Seen seen() {
    return chain.get(chain.size() - 1);
  }

  Seen seen(int entry) {
    return chain.get(entry);
  }

  int last() {
    return entries.size();
  }

  int epochEntry() {
    return epochEntry;
  }

  List<Member> members() {
    return new ArrayList<>(statement().members());
  }

  /** The next epoch, with a list of any kind. */
  ReceivedEntry.Epoch advance(Person author, List<Member> members, Seen seen) {
    return begin(
        author,
        statement().epoch() + 1,
        statement().hash(),
        seen,
        members,
        ConversationKey.generate(random));
  }

  ReceivedEntry.Epoch add(Person author, Person newcomer, Role role) {
    meet(newcomer);
    List<Member> members = members();
    members.add(newcomer.as(role));
    members.sort(Comparator.comparingLong(member -> member.user().value()));
    return advance(author, members, seen());
  }

  ReceivedEntry.Epoch remove(Person author, Person leaver) {
    List<Member> members = members();
    members.removeIf(member -> member.user().equals(leaver.id()));
    return advance(author, members, seen());
  }

  private ReceivedEntry.Epoch begin(
      Person author,
      long epoch,
      Sha256 previous,
      Seen seen,
      List<Member> members,
      ConversationKey key) {
    EpochStatement statement =
        EpochStatement.of(group, epoch, previous, key.commitment(), seen, author.id(), members);
    SignedStatement signed = SignedStatement.sign(statement, author.identity());
    newest = signed;
    try {
      keys.put(epoch, EpochKey.of(key, statement));
    } catch (KeyRefusedException e) {
      throw new AssertionError(e);
    }
    ReceivedEntry.Epoch entry =
        new ReceivedEntry.Epoch(
            last() + 1, author.id(), epoch, NOON, statement.text(), signed.signature());
    append(entry);
    epochEntry = last();
    members.forEach(member -> addedAt.putIfAbsent(member.user(), last()));
    addedAt.keySet().removeIf(user -> statement.member(user).isEmpty());
    return entry;
  }

  ReceivedEntry.Message say(Person sender, String text) {
    return send(sender, new MessageContent.Text(text, Optional.empty()), seen(), 0);
  }

  ReceivedEntry.Message send(Person sender, MessageContent content, Seen seen, long expires) {
    OutgoingMessage message =
        key().seal(header(sender, content, seen, expires), content, sender.identity(), random);
    ReceivedEntry.Message entry = received(message, last() + 1);
    append(entry);
    return entry;
  }

  /** What a member sends whose client encrypts whatever it likes. */
  ReceivedEntry.Message sendPadded(Person sender, byte[] padded, List<Sha256> files) {
    MessageText plain = header(sender, new MessageContent.Name(""), seen(), 0);
    MessageText header =
        new MessageText(
            plain.group(),
            plain.epoch(),
            plain.sender(),
            plain.client(),
            plain.sentAtMillis(),
            plain.seen(),
            plain.expiresSeconds(),
            files);
    ReceivedEntry.Message entry =
        received(key().sealPadded(header, padded, sender.identity(), random), last() + 1);
    append(entry);
    return entry;
  }

  MessageText header(Person sender, MessageContent content, Seen seen, long expires) {
    return new MessageText(
        group,
        statement().epoch(),
        sender.id(),
        clientId(),
        NOON.toEpochMilli(),
        seen,
        expires,
        content.attached().stream().map(AttachedFile::sha256).toList());
  }

  private ClientId clientId() {
    ByteBuffer bytes = ByteBuffer.wrap(random.bytes(2 * Long.BYTES));
    return new ClientId(new UUID(bytes.getLong(), bytes.getLong()).toString());
  }

  static ReceivedEntry.Message received(OutgoingMessage message, long id) {
    MessageText header = message.header();
    return new ReceivedEntry.Message(
        id,
        header.sender(),
        header.epoch(),
        NOON,
        header.client(),
        header.sentAtMillis(),
        header.seen(),
        Optional.of(message.ciphertext()),
        message.ciphertext().hash(),
        message.signature(),
        header.files(),
        header.expiresSeconds());
  }

  ReceivedEntry.Deletion delete(Person sender, long message, Seen seen) {
    ReceivedEntry.Deletion entry = deletion(sender, message, seen);
    append(entry);
    return entry;
  }

  ReceivedEntry.Deletion deletion(Person sender, long message, Seen seen) {
    DeletionText text = new DeletionText(group, message, sender.id(), seen);
    return new ReceivedEntry.Deletion(
        last() + 1,
        sender.id(),
        statement().epoch(),
        NOON,
        message,
        seen,
        sender.identity().signDeletion(text));
  }

  /** Puts an entry at the end, whatever it says. */
  void append(ReceivedEntry entry) {
    entries.add(entry);
    chain.add(seen().next(line(entry)));
  }

  private LogEntry line(ReceivedEntry entry) {
    if (entry instanceof ReceivedEntry.Message message) {
      MessageText header =
          new MessageText(
              group,
              message.epoch(),
              message.sender(),
              message.client(),
              message.sentAtMillis(),
              message.seen(),
              message.expiresSeconds(),
              message.files());
      return line(
          entry, EntryKind.MESSAGE, header.signed(message.contentHash()), message.signature());
    }
    if (entry instanceof ReceivedEntry.Deletion deletion) {
      return line(
          entry,
          EntryKind.DELETION,
          new DeletionText(group, deletion.message(), deletion.sender(), deletion.seen()).bytes(),
          deletion.signature());
    }
    ReceivedEntry.Epoch epoch = (ReceivedEntry.Epoch) entry;
    return line(
        entry, EntryKind.EPOCH, EpochStatement.parse(epoch.statement()).bytes(), epoch.signature());
  }

  private static LogEntry line(
      ReceivedEntry entry, EntryKind kind, byte[] signed, Signature signature) {
    return new LogEntry(
        entry.id(), kind, entry.sender(), entry.epoch(), Sha256.of(signed), signature);
  }

  /** Where the epoch stands that added somebody last. */
  int addedAt(Person person) {
    return Objects.requireNonNull(addedAt.get(person.id()));
  }

  /** What an honest server gives to a member. */
  List<ReceivedEntry> view(Person person) {
    int first = addedAt(person);
    ReceivedEntry.Epoch epoch = (ReceivedEntry.Epoch) entries.get(first - 1);
    long after = EpochStatement.parse(epoch.statement()).seen().entry();
    List<ReceivedEntry> view = new ArrayList<>();
    for (ReceivedEntry entry : entries) {
      if (entry.id() > after) {
        view.add(entry.id() < first ? stub(entry) : entry);
      }
    }
    return view;
  }

  ReceivedEntry.Stub stub(ReceivedEntry entry) {
    LogEntry line = line(entry);
    return new ReceivedEntry.Stub(
        line.id(),
        line.sender(),
        line.epoch(),
        entry.createdAt(),
        line.kind(),
        line.body(),
        line.signature());
  }

  /** A reader with nothing but the first statement. */
  Transcript reader(Person person, Contacts contacts)
      throws IdentityChangedException, ServerFaultException {
    ReceivedEntry.Epoch first = (ReceivedEntry.Epoch) entries.get(addedAt(person) - 1);
    return Transcript.begin(
        person.as(Role.MEMBER),
        contacts,
        STRICT,
        SignedStatement.parse(first.statement(), first.signature().toHex()),
        first.id());
  }

  /** A reader that has read everything. */
  Transcript read(Person person) throws IdentityChangedException, ServerFaultException {
    Transcript reader = reader(person, new Contacts());
    for (ReceivedEntry entry : view(person)) {
      reader.accept(entry);
    }
    return reader;
  }
}
