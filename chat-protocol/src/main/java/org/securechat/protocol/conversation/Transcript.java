package org.securechat.protocol.conversation;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SignatureException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.DeletionText;
import org.securechat.domain.transcript.EntryKind;
import org.securechat.domain.transcript.EpochRules;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.GroupId;
import org.securechat.domain.transcript.LogEntry;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.MessageText;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.conversation.Evidence.Earlier;
import org.securechat.protocol.conversation.ServerFault.Claim;
import org.securechat.protocol.conversation.ServerFault.Kind;
import org.securechat.protocol.conversation.VerifiedEntry.Reason;

/**
 * A conversation's log, verified entry by entry as it comes: sections 3 to 5 of the end-to-end
 * encryption. An entry is taken whole or not at all; once the server is proven to have lied,
 * nothing more is taken. For one thread at a time; keeps some hundred bytes of each entry.
 */
public final class Transcript {
  private final Member self;
  private final Contacts contacts;
  private final SignatureVerifier signatures;
  private final SignedStatement first;
  private final long firstEntry;
  private final ChainHashes chain;
  private final Map<Author, Long> messages = new HashMap<>();
  private final Map<Long, Written> written = new HashMap<>();
  private final Map<Long, Signature> sent = new HashMap<>();
  private long newestEpoch;
  private long epochEntry;
  private Seen remembered = Seen.NOTHING;
  private @Nullable EpochStatement current;
  private @Nullable ServerFault fault;

  /** Who names a message how. */
  private record Author(UserId sender, ClientId client) {}

  /** What is remembered of an entry. */
  private record Written(EntryKind kind, UserId sender, Signature signature) {}

  private Transcript(
      Member self,
      Contacts contacts,
      SignatureVerifier signatures,
      SignedStatement first,
      long firstEntry) {
    this.self = self;
    this.contacts = contacts;
    this.signatures = signatures;
    this.first = first;
    this.firstEntry = firstEntry;
    this.chain = new ChainHashes(first.statement().seen());
    this.newestEpoch = 0;
  }

  /**
   * Begins at the epoch that added this member, the last time.
   *
   * @param self this member's id, name and identity; the role makes no difference
   * @param contacts everybody that this client has met; whoever is new is added
   * @param first the oldest epoch that the server gives this member
   * @param firstEntry where the server says that it stands
   * @throws IdentityChangedException if a member is not who they were, or this member's own line is
   *     not its own
   * @throws ServerFaultException if nobody who may has written it
   */
  public static Transcript begin(
      Member self,
      Contacts contacts,
      SignatureVerifier signatures,
      SignedStatement first,
      long firstEntry)
      throws IdentityChangedException, ServerFaultException {
    Transcript transcript = new Transcript(self, contacts, signatures, first, firstEntry);
    EpochStatement statement = first.statement();
    boolean isFirst = statement.epoch() == 1;
    if (isFirst != (firstEntry == 1)
        || statement.seen().entry() >= firstEntry
        || statement.member(self.user()).isEmpty()
        || !first.isFirst(signatures)) {
      throw transcript.faultOfBeginning(Kind.EPOCH_AGAINST_THE_RULES);
    }
    transcript.meetMembers(firstEntry, Evidence.of(first), statement);
    return transcript;
  }

  /**
   * Verifies the next entry. If it throws {@link IdentityChangedException}, nothing has changed,
   * and the entry may come again when the user has decided.
   *
   * @throws ServerFaultException if the server lied; from then on for every entry
   * @throws InvalidValueException if a number or the count of files is out of range; nothing has
   *     changed
   */
  public VerifiedEntry accept(ReceivedEntry entry)
      throws ServerFaultException, IdentityChangedException {
    if (fault != null) {
      throw new ServerFaultException(fault);
    }
    if (entry.id() != chain.last().entry() + 1) {
      throw fault(Kind.GAP, entry, entry.id());
    }
    if (entry instanceof ReceivedEntry.Epoch epoch) {
      return acceptEpoch(epoch);
    }
    if (entry.id() < firstEntry) {
      return acceptHidden(entry);
    }
    if (entry.id() == firstEntry) {
      throw fault(Kind.OTHER_BEGINNING, entry);
    }
    if (entry.epoch() != newestEpoch) {
      throw fault(Kind.OTHER_EPOCH, entry);
    }
    if (entry instanceof ReceivedEntry.Message message) {
      return acceptMessage(message);
    }
    if (entry instanceof ReceivedEntry.Deletion deletion) {
      return acceptDeletion(deletion);
    }
    throw fault(Kind.HIDDEN_FROM_MEMBER, entry);
  }

  /**
   * Tells that this member has sent an entry and was answered where it stands: it must stand there
   * as it was sent, be it read already or later.
   */
  public void expect(long entry, Signature signature) throws ServerFaultException {
    Written there = written.get(entry);
    if (there != null && !there.signature().equals(signature)) {
      Evidence shown =
          new Evidence(
              there.sender(),
              there.signature(),
              Optional.empty(),
              Optional.empty(),
              Optional.of(new Earlier(entry, signature)));
      throw fault(Kind.OWN_ENTRY_CHANGED, entry, Optional.of(shown));
    }
    if (there == null) {
      sent.put(entry, signature);
    }
  }

  /**
   * Tells what this member's device had verified before it was started anew: the log has to run
   * through it. What lies before this member's history says nothing.
   */
  public void remember(Seen earlier) throws ServerFaultException {
    remembered = earlier;
    if (isNotAsRemembered()) {
      throw fault(Kind.ROLLED_BACK, earlier.entry(), Optional.of(Evidence.of(first)));
    }
  }

  /**
   * Tells of which epochs this member's device had the keys before it was started anew. Whoever was
   * in one is not added by the next: who is removed and added again is missing from one between.
   */
  public void rememberEpochs(Set<Long> opened) throws ServerFaultException {
    if (opened.contains(first.statement().epoch() - 1)) {
      throw faultOfBeginning(Kind.OTHER_BEGINNING);
    }
  }

  /**
   * Tells that the server has no more entries now: what was remembered or expected has to be among
   * those that it gave.
   */
  public void requireComplete() throws ServerFaultException {
    long last = chain.last().entry();
    long confirmed = sent.keySet().stream().mapToLong(entry -> entry).max().orElse(0);
    if (Math.max(remembered.entry(), confirmed) > last) {
      throw fault(Kind.ROLLED_BACK, last + 1, Optional.empty());
    }
  }

  private boolean isNotAsRemembered() {
    Optional<Seen> now = chain.at(remembered.entry());
    return now.isPresent() && !now.get().equals(remembered);
  }

  private VerifiedEntry acceptHidden(ReceivedEntry entry) throws ServerFaultException {
    LogEntry line = hidden(entry);
    long epochs = newestEpoch == 0 ? line.epoch() : newestEpoch;
    boolean follows = line.epoch() == epochs + (line.kind() == EntryKind.EPOCH ? 1 : 0);
    if (newestEpoch != 0 && !follows) {
      throw fault(Kind.OTHER_EPOCH, entry);
    }
    keep(entry, line);
    newestEpoch = line.epoch();
    return new VerifiedEntry.Hidden(line.id(), line.kind(), line.sender());
  }

  private VerifiedEntry acceptEpoch(ReceivedEntry.Epoch entry)
      throws ServerFaultException, IdentityChangedException {
    if (entry.id() < firstEntry) {
      return acceptHidden(entry);
    }
    EpochStatement statement = statement(entry);
    if (entry.epoch() != statement.epoch() || !entry.sender().equals(statement.author())) {
      throw fault(Kind.EPOCH_AGAINST_THE_RULES, entry);
    }
    if (current == null) {
      requireFirst(entry, statement);
    } else {
      requireNext(current, entry, statement);
    }
    requireSameHistory(entry, statement.seen(), statement.bytes());
    meetMembers(entry.id(), evidence(entry), statement);
    keep(entry, line(entry, EntryKind.EPOCH, statement.hash(), entry.signature()));
    current = statement;
    newestEpoch = statement.epoch();
    epochEntry = entry.id();
    return new VerifiedEntry.Epoch(entry.id(), statement, entry.createdAt());
  }

  private EpochStatement statement(ReceivedEntry.Epoch entry) throws ServerFaultException {
    try {
      return EpochStatement.parse(entry.statement());
    } catch (InvalidValueException e) {
      throw fault(Kind.EPOCH_AGAINST_THE_RULES, entry);
    }
  }

  private void requireFirst(ReceivedEntry.Epoch entry, EpochStatement statement)
      throws ServerFaultException {
    boolean isFirst =
        entry.id() == firstEntry
            && statement.equals(first.statement())
            && entry.signature().equals(first.signature())
            && (newestEpoch == 0 || newestEpoch + 1 == statement.epoch());
    if (!isFirst) {
      throw fault(Kind.OTHER_BEGINNING, entry);
    }
  }

  /** Whoever is missing from a list of a member who is no admin has left, by the server's word. */
  private void requireNext(
      EpochStatement previous, ReceivedEntry.Epoch entry, EpochStatement statement)
      throws ServerFaultException {
    Set<UserId> gone = previous.leavers(statement.users());
    try {
      EpochRules.requireContinues(previous, statement, gone);
      if (!EpochRules.mayWrite(previous, statement, gone)) {
        throw fault(Kind.EPOCH_AGAINST_THE_RULES, entry);
      }
      Member author = previous.member(statement.author()).orElseThrow();
      signatures.verify(author.key(), statement.bytes(), entry.signature());
    } catch (InvalidValueException | SignatureException e) {
      throw fault(Kind.EPOCH_AGAINST_THE_RULES, entry);
    }
  }

  private void meetMembers(long entry, Evidence evidence, EpochStatement statement)
      throws IdentityChangedException, ServerFaultException {
    Optional<Member> own = statement.member(self.user());
    if (own.isPresent()
        && !(own.get().key().equals(self.key()) && own.get().name().equals(self.name()))) {
      throw new IdentityChangedException(self, own.get());
    }
    for (Member member : statement.members()) {
      boolean isSelf = member.key().equals(self.key()) || isNamedLikeSelf(member);
      if (isSelf && !member.user().equals(self.user())) {
        throw new IdentityChangedException(self, member);
      }
      boolean isPinned =
          contacts.find(member.user()).filter(met -> met.key().equals(member.key())).isPresent();
      if (!isPinned && !signatures.isSound(member.key())) {
        throw fault(Kind.EPOCH_AGAINST_THE_RULES, entry, Optional.of(evidence));
      }
    }
    contacts.meet(
        statement.members().stream()
            .filter(member -> !member.user().equals(self.user()))
            .collect(Collectors.toList()));
  }

  private boolean isNamedLikeSelf(Member member) {
    return member.name().canonical().equals(self.name().canonical());
  }

  private VerifiedEntry acceptMessage(ReceivedEntry.Message entry) throws ServerFaultException {
    EpochStatement epoch = current();
    if (entry.ciphertext().isPresent()
        && !entry.ciphertext().get().hash().equals(entry.contentHash())) {
      throw fault(Kind.CONTENT_CHANGED, entry);
    }
    MessageText header = header(entry, epoch.group());
    byte[] text = header.signed(entry.contentHash());
    LogEntry line = line(entry, EntryKind.MESSAGE, Sha256.of(text), entry.signature());
    Optional<Member> sender = epoch.member(entry.sender());
    Optional<Reason> wrong = signedBy(sender, text, entry.signature());
    if (wrong.isPresent()) {
      keep(entry, line);
      return new VerifiedEntry.Invalid(entry.id(), entry.sender(), wrong.get());
    }
    requireSameHistory(entry, entry.seen(), text);
    Long earlier = messages.get(new Author(entry.sender(), entry.client()));
    if (earlier != null) {
      throw fault(Kind.REPEATED, entry, earlier);
    }
    keep(entry, line);
    messages.put(new Author(entry.sender(), entry.client()), entry.id());
    if (entry.seen().entry() < epochEntry) {
      return new VerifiedEntry.Invalid(entry.id(), entry.sender(), Reason.SEEN_BEFORE_EPOCH);
    }
    return new VerifiedMessage(
        entry.id(), sender.orElseThrow(), header, entry.createdAt(), entry.ciphertext());
  }

  private VerifiedEntry acceptDeletion(ReceivedEntry.Deletion entry) throws ServerFaultException {
    EpochStatement epoch = current();
    byte[] text = text(entry, epoch.group()).bytes();
    LogEntry line = line(entry, EntryKind.DELETION, Sha256.of(text), entry.signature());
    Optional<Member> sender = epoch.member(entry.sender());
    Optional<Reason> wrong = signedBy(sender, text, entry.signature());
    if (wrong.isEmpty()) {
      requireSameHistory(entry, entry.seen(), text);
      wrong = mayDelete(sender.orElseThrow(), entry);
    }
    keep(entry, line);
    return wrong
        .<VerifiedEntry>map(reason -> new VerifiedEntry.Invalid(entry.id(), entry.sender(), reason))
        .orElseGet(() ->
            new VerifiedEntry.Deletion(
                entry.id(), entry.sender(), entry.message(), entry.createdAt()));
  }

  /** What lies before this member's history is not for it to judge, and nothing to hide. */
  private Optional<Reason> mayDelete(Member sender, ReceivedEntry.Deletion entry) {
    if (entry.message() <= first.statement().seen().entry()) {
      return Optional.empty();
    }
    Written target = written.get(entry.message());
    if (target == null
        || target.kind() != EntryKind.MESSAGE
        || entry.message() > entry.seen().entry()) {
      return Optional.of(Reason.NO_SUCH_MESSAGE);
    }
    boolean may = sender.role() == Role.ADMIN || sender.user().equals(target.sender());
    return may ? Optional.empty() : Optional.of(Reason.NOT_ALLOWED);
  }

  private Optional<Reason> signedBy(Optional<Member> sender, byte[] text, Signature signature) {
    if (sender.isEmpty()) {
      return Optional.of(Reason.NO_MEMBER);
    }
    try {
      signatures.verify(sender.get().key(), text, signature);
      return Optional.empty();
    } catch (SignatureException e) {
      return Optional.of(Reason.BAD_SIGNATURE);
    }
  }

  /** What somebody has signed to have seen is what this client was shown, as far as that goes. */
  private void requireSameHistory(ReceivedEntry entry, Seen theirs, byte[] text)
      throws ServerFaultException {
    Optional<Seen> ours = chain.at(theirs.entry());
    if (theirs.entry() >= entry.id()) {
      throw fault(Kind.SEEN_AHEAD, entry);
    }
    if (ours.isPresent() && !ours.get().equals(theirs)) {
      fault =
          new ServerFault(
              Kind.HISTORIES_DIFFER,
              entry.id(),
              Optional.of(
                  new Claim(
                      entry.sender(),
                      theirs,
                      ours.get(),
                      new String(text, US_ASCII),
                      entry.signature())),
              Optional.of(evidence(entry)));
      throw new ServerFaultException(fault);
    }
  }

  private static MessageText header(ReceivedEntry.Message entry, GroupId group) {
    return new MessageText(
        group,
        entry.epoch(),
        entry.sender(),
        entry.client(),
        entry.sentAtMillis(),
        entry.seen(),
        entry.expiresSeconds(),
        entry.files());
  }

  private static DeletionText text(ReceivedEntry.Deletion entry, GroupId group) {
    return new DeletionText(group, entry.message(), entry.sender(), entry.seen());
  }

  /** What the running hash takes in of an entry that may come as a stub, or whole. */
  private LogEntry hidden(ReceivedEntry entry) {
    GroupId group = first.statement().group();
    if (entry instanceof ReceivedEntry.Message message) {
      Sha256 body = Sha256.of(header(message, group).signed(message.contentHash()));
      return line(entry, EntryKind.MESSAGE, body, message.signature());
    }
    if (entry instanceof ReceivedEntry.Deletion deletion) {
      Sha256 body = Sha256.of(text(deletion, group).bytes());
      return line(entry, EntryKind.DELETION, body, deletion.signature());
    }
    if (entry instanceof ReceivedEntry.Epoch epoch) {
      Sha256 body = Sha256.of(epoch.statement().getBytes(UTF_8));
      return line(entry, EntryKind.EPOCH, body, epoch.signature());
    }
    ReceivedEntry.Stub stub = (ReceivedEntry.Stub) entry;
    return line(entry, stub.kind(), stub.body(), stub.signature());
  }

  private static LogEntry line(
      ReceivedEntry entry, EntryKind kind, Sha256 body, Signature signature) {
    return new LogEntry(entry.id(), kind, entry.sender(), entry.epoch(), body, signature);
  }

  private void keep(ReceivedEntry entry, LogEntry line) throws ServerFaultException {
    Signature own = sent.remove(line.id());
    if (own != null && !own.equals(line.signature())) {
      Evidence shown = evidence(entry).against(new Earlier(line.id(), own));
      throw fault(Kind.OWN_ENTRY_CHANGED, line.id(), Optional.of(shown));
    }
    chain.keep(chain.after(line));
    if (isNotAsRemembered()) {
      throw fault(Kind.ROLLED_BACK, entry);
    }
    written.put(line.id(), new Written(line.kind(), line.sender(), line.signature()));
  }

  /** After the first epoch there always is one. */
  private EpochStatement current() {
    return current == null ? first.statement() : current;
  }

  /** What an entry shows. */
  private ServerFaultException fault(Kind kind, ReceivedEntry entry) {
    return fault(kind, entry.id(), Optional.of(evidence(entry)));
  }

  /** What an entry shows beside another, if that was read. */
  private ServerFaultException fault(Kind kind, ReceivedEntry entry, long earlier) {
    Evidence shown = evidence(entry);
    Written there = written.get(earlier);
    return fault(
        kind,
        entry.id(),
        Optional.of(
            there == null ? shown : shown.against(new Earlier(earlier, there.signature()))));
  }

  private ServerFaultException faultOfBeginning(Kind kind) {
    return fault(kind, firstEntry, Optional.of(Evidence.of(first)));
  }

  private ServerFaultException fault(Kind kind, long entry, Optional<Evidence> evidence) {
    ServerFault found = new ServerFault(kind, entry, Optional.empty(), evidence);
    fault = found;
    return new ServerFaultException(found);
  }

  private Evidence evidence(ReceivedEntry entry) {
    return Evidence.of(entry, signedText(entry));
  }

  private Optional<String> signedText(ReceivedEntry entry) {
    GroupId group = first.statement().group();
    try {
      if (entry instanceof ReceivedEntry.Message message) {
        byte[] text = header(message, group).signed(message.contentHash());
        return Optional.of(new String(text, US_ASCII));
      }
      if (entry instanceof ReceivedEntry.Deletion deletion) {
        return Optional.of(new String(text(deletion, group).bytes(), US_ASCII));
      }
    } catch (InvalidValueException e) {
      return Optional.empty();
    }
    return entry instanceof ReceivedEntry.Epoch epoch
        ? Optional.of(epoch.statement())
        : Optional.empty();
  }

  /**
   * The last entry that was verified, and the running hash there: what is signed next goes on it.
   */
  public Seen seen() {
    return chain.last();
  }

  /** The running hash at an entry; empty before this member's history and after the last entry. */
  public Optional<Seen> seenAt(long entry) {
    return chain.at(entry);
  }

  /** The newest epoch; empty before the first was verified. */
  public Optional<EpochStatement> epoch() {
    return Optional.ofNullable(current);
  }

  /** Where the message stands that a sender has signed under a client id, if it was read. */
  public Optional<Long> entryOf(UserId sender, ClientId client) {
    return Optional.ofNullable(messages.get(new Author(sender, client)));
  }

  /** What the server is proven to have done, if anything. */
  public Optional<ServerFault> fault() {
    return Optional.ofNullable(fault);
  }
}
