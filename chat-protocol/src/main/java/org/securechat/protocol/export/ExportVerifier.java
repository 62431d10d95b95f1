package org.securechat.protocol.export;

import static org.securechat.protocol.json.StrictMembers.number;
import static org.securechat.protocol.json.StrictMembers.object;
import static org.securechat.protocol.json.StrictMembers.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.Member;
import org.securechat.protocol.conversation.Contacts;
import org.securechat.protocol.conversation.ConversationKey;
import org.securechat.protocol.conversation.EntryJson;
import org.securechat.protocol.conversation.EpochKey;
import org.securechat.protocol.conversation.IdentityChangedException;
import org.securechat.protocol.conversation.KeyRefusedException;
import org.securechat.protocol.conversation.ReceivedEntry;
import org.securechat.protocol.conversation.ServerFaultException;
import org.securechat.protocol.conversation.SignedStatement;
import org.securechat.protocol.conversation.Transcript;
import org.securechat.protocol.conversation.VerifiedEntry;
import org.securechat.protocol.conversation.VerifiedMessage;
import org.securechat.protocol.export.ExportRefusedException.Reason;

/**
 * Verifies an export as the member whose view it is, with nobody pinned before: each entry as a
 * client would, and the file itself. Needs no server, account or password. Reads line by line and
 * keeps what a {@link Transcript} does, some hundred bytes of each entry.
 */
public final class ExportVerifier {
  /** Entries at most, so that there is an end to the memory that they take. */
  public static final long MAX_ENTRIES = 1L << 22;

  private final ExportLines lines;
  private final Beginning beginning;
  private final SignatureVerifier signatures;
  private final BiConsumer<VerifiedEntry, Optional<EpochKey>> follower;
  private final Contacts contacts = new Contacts();
  private final VerifiedExport verified;
  private final long maxEntries;
  private @Nullable EpochStatement epochBefore;
  private Optional<EpochKey> key = Optional.empty();
  private long entries;

  /** What the first line says. */
  private record Beginning(Member self, SignedStatement first, long entry) {}

  private ExportVerifier(
      ExportLines lines,
      Beginning beginning,
      SignatureVerifier signatures,
      BiConsumer<VerifiedEntry, Optional<EpochKey>> follower,
      long maxEntries) {
    this.lines = lines;
    this.maxEntries = maxEntries;
    this.beginning = beginning;
    this.signatures = signatures;
    this.follower = follower;
    this.verified = new VerifiedExport(beginning.self(), beginning.first().statement().seen());
  }

  /**
   * Reads a file to its end.
   *
   * @param in the caller's to close
   * @param follower is given each verified entry, and with a message the key of its epoch if the
   *     file has it. What it was given counts only if this method returns
   * @return what was verified, up to the server's fault if there is one
   * @throws ExportRefusedException if the file is no whole export
   */
  public static VerifiedExport verify(
      InputStream in,
      SignatureVerifier signatures,
      BiConsumer<VerifiedEntry, Optional<EpochKey>> follower)
      throws IOException, ExportRefusedException {
    return verify(in, signatures, follower, MAX_ENTRIES);
  }

  static VerifiedExport verify(
      InputStream in,
      SignatureVerifier signatures,
      BiConsumer<VerifiedEntry, Optional<EpochKey>> follower,
      long maxEntries)
      throws IOException, ExportRefusedException {
    ExportLines lines = new ExportLines(in);
    Beginning beginning = beginning(lines);
    ExportVerifier verifier =
        new ExportVerifier(lines, beginning, signatures, follower, maxEntries);
    verifier.begin();
    while (verifier.readLine()) {
      // Each line says what it is.
    }
    return verifier.verified;
  }

  private static Beginning beginning(ExportLines lines) throws IOException, ExportRefusedException {
    Map<String, Object> line = lines.next().orElseThrow(() -> damaged(lines, "the file is empty"));
    try {
      if (!text(line, "format").equals(ExportFormat.NAME)) {
        throw damaged(lines, "another format than \"" + ExportFormat.NAME + "\"");
      }
      SignedStatement first =
          SignedStatement.parse(text(line, "statement"), text(line, "statement_signature"));
      Member self =
          first
              .statement()
              .member(new UserId(number(line, "member")))
              .orElseThrow(() -> damaged(lines, "its member is not in the first epoch"));
      return new Beginning(self, first, number(line, "entry_id"));
    } catch (InvalidValueException e) {
      throw damaged(lines, e.sentence());
    }
  }

  private void begin() throws ExportRefusedException {
    try {
      verified.follow(
          Transcript.begin(
              beginning.self(), contacts, signatures, beginning.first(), beginning.entry()));
    } catch (ServerFaultException e) {
      verified.add(e.fault());
    } catch (IdentityChangedException e) {
      throw otherSelf();
    }
  }

  /** Whether there is another line to read. */
  private boolean readLine() throws IOException, ExportRefusedException {
    Map<String, Object> line =
        lines.next().orElseThrow(() -> damaged("the file ends without its last line"));
    try {
      switch (text(line, "kind")) {
        case ExportFormat.END -> {
          end(line);
          return false;
        }
        case ExportFormat.KEY -> key(line);
        default -> entry(line);
      }
      return true;
    } catch (InvalidValueException e) {
      throw damaged(e.sentence());
    }
  }

  private void entry(Map<String, Object> line) throws ExportRefusedException {
    ReceivedEntry entry = EntryJson.read(line);
    entries++;
    if (entries > maxEntries) {
      throw damaged("more than " + maxEntries + " entries are not verified");
    }
    if (verified.fault().isPresent()) {
      return;
    }
    try {
      add(accept(entry));
    } catch (ServerFaultException e) {
      verified.add(e.fault());
    }
  }

  private VerifiedEntry accept(ReceivedEntry entry)
      throws ServerFaultException, ExportRefusedException {
    while (true) {
      try {
        return verified.transcript().accept(entry);
      } catch (IdentityChangedException e) {
        believe(entry.id(), e);
      }
    }
  }

  /** Nobody is there to ask; the change is told instead. */
  private void believe(long entry, IdentityChangedException change) throws ExportRefusedException {
    if (change.known().user().equals(beginning.self().user())) {
      throw otherSelf();
    }
    verified.add(new ChangedIdentity(entry, change.known(), change.claimed()));
    contacts.believe(change.claimed());
  }

  private void add(VerifiedEntry entry) {
    epochBefore = null;
    if (entry instanceof VerifiedEntry.Epoch epoch) {
      epochBefore = epoch.statement();
      key = Optional.empty();
    }
    Optional<EpochKey> ofMessage = entry instanceof VerifiedMessage ? key : Optional.empty();
    verified.add(entry, ofMessage);
    follower.accept(entry, ofMessage);
  }

  private void key(Map<String, Object> line) throws ExportRefusedException {
    ConversationKey conversationKey = ConversationKey.copyOf(Base64Text.decode(text(line, "key")));
    long epoch = number(line, "epoch");
    if (verified.fault().isPresent()) {
      return;
    }
    EpochStatement statement = epochBefore;
    if (statement == null || statement.epoch() != epoch) {
      throw damaged("the key of epoch " + epoch + " does not stand behind its entry");
    }
    try {
      key = Optional.of(EpochKey.of(conversationKey, statement));
    } catch (KeyRefusedException e) {
      throw new ExportRefusedException(
          Reason.ANOTHER_KEY,
          lines.number(),
          "the key is not the one that epoch " + epoch + " commits to");
    }
    epochBefore = null;
    verified.addKey();
  }

  private void end(Map<String, Object> line) throws IOException, ExportRefusedException {
    if (!text(line, "sha256").equals(lines.digestBefore().toHex())) {
      throw damaged("the file was changed after it was written");
    }
    if (number(line, "entries") != entries) {
      throw damaged("the file has " + entries + " entries, and its last line says otherwise");
    }
    if (!EntryJson.readSeen(object(line, "last")).equals(verified.end())) {
      throw damaged("the running hash at the end is not the one that was verified");
    }
    if (lines.next().isPresent()) {
      throw damaged("something stands behind the last line");
    }
  }

  private ExportRefusedException otherSelf() {
    return new ExportRefusedException(
        Reason.IDENTITY_CHANGED,
        lines.number(),
        "the member whose view this is becomes somebody else");
  }

  private ExportRefusedException damaged(String what) {
    return new ExportRefusedException(
        Reason.DAMAGED_EXPORT, lines.number(), what, verified.fault());
  }

  private static ExportRefusedException damaged(ExportLines lines, String what) {
    return new ExportRefusedException(Reason.DAMAGED_EXPORT, lines.number(), what);
  }
}
