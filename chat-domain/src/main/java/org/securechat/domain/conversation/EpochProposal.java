package org.securechat.domain.conversation;

import java.security.SignatureException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.session.Caller;
import org.securechat.domain.transcript.EntryKind;
import org.securechat.domain.transcript.EpochRules;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.LogEntry;
import org.securechat.domain.transcript.Member;

/**
 * An epoch that its author has signed, and the rules by which it may begin: what depends on nothing
 * else is checked when this is made, the rest at the moment of the change.
 */
final class EpochProposal {
  private final EpochStatement statement;
  private final Signature signature;
  private final List<MemberKey> keys;
  private final ConversationSettings settings;

  private EpochProposal(
      EpochStatement statement,
      Signature signature,
      List<MemberKey> keys,
      ConversationSettings settings) {
    this.statement = statement;
    this.signature = signature;
    this.keys = keys;
    this.settings = settings;
  }

  /**
   * Reads a statement, and checks that the caller has written it.
   *
   * @throws RejectedException with INVALID_STATEMENT
   */
  static EpochProposal read(
      EpochForm form, Caller caller, SignatureVerifier signatures, ConversationSettings settings) {
    EpochStatement statement;
    try {
      statement = EpochStatement.parse(form.statement());
      signatures.verify(caller.key(), statement.bytes(), form.signature());
    } catch (InvalidValueException e) {
      throw RejectedException.invalidStatement(e.sentence());
    } catch (SignatureException e) {
      throw RejectedException.invalidStatement("Must be signed by the caller");
    }
    if (!statement.author().equals(caller.session().user())) {
      throw RejectedException.invalidStatement("Its author must be the caller");
    }
    if (statement.members().size() > settings.members()) {
      throw RejectedException.invalidFields(
          Map.of(
              "statement",
              String.format(Locale.ROOT, "Must have at most %d members", settings.members())));
    }
    if (form.keys().stream().anyMatch(key -> key.key().length() > settings.keyBytes())) {
      throw RejectedException.invalidFields(
          Map.of("keys", "Must each have at most " + settings.keyBytes() + " bytes"));
    }
    return new EpochProposal(statement, form.signature(), form.keys(), settings);
  }

  EpochStatement statement() {
    return statement;
  }

  UserId author() {
    return statement.author();
  }

  /** The first epoch's change: its author has joined, the others are invited. */
  ConversationChange begin(Optional<ConversationName> name, Instant now) {
    AppendedEpoch epoch = append(Tip.beginning(now), now);
    return new ConversationChange(
        Optional.of(epoch),
        name,
        Set.of(),
        statement.members().stream().map(member -> newParticipant(member, epoch)).toList());
  }

  /**
   * What a first epoch must hold to at the moment of the beginning.
   *
   * @throws RejectedException with FORBIDDEN, INVALID_STATEMENT, INCOMPLETE_KEYS or QUOTA_EXCEEDED,
   *     looked at in this order
   */
  void requireFits(Newcomers newcomers) {
    requireAccounts(statement.members(), newcomers);
    requireKeys();
    requireInvitations(statement.members().size() - 1, newcomers);
  }

  /**
   * The change that this epoch makes to a conversation.
   *
   * @throws RejectedException with NOT_FOUND, FORBIDDEN, EPOCH_CONFLICT, SEEN_MISMATCH,
   *     INVALID_STATEMENT, FORBIDDEN, INVALID_STATEMENT, INCOMPLETE_KEYS or QUOTA_EXCEEDED, looked
   *     at in this order
   */
  ConversationChange continueWith(
      Circumstances circumstances, Optional<ConversationName> name, Instant now) {
    ConversationHead head = circumstances.head();
    Participant.requireJoined(head.participant(author()));
    EpochStatement current = head.statement();
    if (statement.epoch() != current.epoch() + 1) {
      throw RejectedException.epochConflict(current.epoch());
    }
    if (!circumstances.atSeen().equals(Optional.of(statement.seen().hash()))) {
      throw RejectedException.of(Rejection.SEEN_MISMATCH);
    }
    Set<UserId> leavers = head.leavers();
    requireContinues(current, leavers);
    requireRights(current, leavers, head, name);
    List<Member> added =
        statement.members().stream()
            .filter(member -> current.member(member.user()).isEmpty())
            .toList();
    requireAccounts(added, circumstances.newcomers());
    requireKeys();
    requireInvitations(added.size(), circumstances.newcomers());
    return change(head, added, name, now);
  }

  private void requireContinues(EpochStatement current, Set<UserId> leavers) {
    try {
      EpochRules.requireContinues(current, statement, leavers);
    } catch (InvalidValueException e) {
      throw RejectedException.invalidStatement(e.sentence());
    }
  }

  /** Only who may write any list of members may give the conversation another name. */
  private void requireRights(
      EpochStatement current,
      Set<UserId> leavers,
      ConversationHead head,
      Optional<ConversationName> name) {
    boolean renames = name.isPresent() && !name.equals(head.name());
    if (!EpochRules.mayWrite(current, statement, leavers)
        || (renames && !EpochRules.mayWriteAny(current, statement))) {
      throw RejectedException.of(Rejection.FORBIDDEN);
    }
  }

  /** Whoever blocks the author looks like nobody, whatever the statement says of them. */
  private void requireAccounts(List<Member> added, Newcomers newcomers) {
    for (Member member : added) {
      Newcomer account = newcomers.accounts().get(member.user());
      if (account == null || account.blocksActor()) {
        throw RejectedException.of(Rejection.FORBIDDEN);
      }
    }
    for (Member member : added) {
      Newcomer account = newcomers.accounts().get(member.user());
      if (account == null
          || !account.key().equals(member.key())
          || !account.username().equals(member.name())) {
        throw RejectedException.invalidStatement("A member's name or key is not the account's");
      }
    }
  }

  private void requireKeys() {
    Set<UserId> members = statement.users();
    Set<UserId> users = new HashSet<>();
    for (MemberKey key : keys) {
      if (!members.contains(key.user()) || !users.add(key.user())) {
        throw RejectedException.of(Rejection.INCOMPLETE_KEYS);
      }
    }
    if (users.size() != members.size()) {
      throw RejectedException.of(Rejection.INCOMPLETE_KEYS);
    }
  }

  private void requireInvitations(int invited, Newcomers newcomers) {
    if (invited > 0 && newcomers.pendingInvitations() + invited > settings.pendingInvitations()) {
      throw RejectedException.of(Rejection.QUOTA_EXCEEDED);
    }
  }

  private ConversationChange change(
      ConversationHead head, List<Member> added, Optional<ConversationName> name, Instant now) {
    AppendedEpoch epoch = append(head.tip(), now);
    Set<UserId> removed = new HashSet<>(head.participants().keySet());
    List<Participant> put = new ArrayList<>();
    for (Member member : statement.members()) {
      removed.remove(member.user());
      head.participant(member.user())
          .filter(participant -> participant.role() != member.role())
          .ifPresent(participant -> put.add(participant.in(member.role())));
    }
    added.forEach(member -> put.add(newParticipant(member, epoch)));
    return new ConversationChange(
        Optional.of(epoch),
        name.filter(each -> !head.name().equals(Optional.of(each))),
        removed,
        put);
  }

  private Participant newParticipant(Member member, AppendedEpoch epoch) {
    Optional<Instant> joinedAt =
        member.user().equals(author()) ? Optional.of(epoch.tip().at()) : Optional.empty();
    return new Participant(
        member.user(),
        member.role(),
        joinedAt,
        statement.epoch(),
        new Window(statement.seen().entry(), epoch.entry().id()),
        author());
  }

  private AppendedEpoch append(Tip tip, Instant now) {
    LogEntry entry =
        new LogEntry(
            tip.last() + 1,
            EntryKind.EPOCH,
            author(),
            statement.epoch(),
            statement.hash(),
            signature);
    Map<UserId, WrappedKey> wrapped = new HashMap<>();
    keys.forEach(key -> wrapped.put(key.user(), key.key()));
    return new AppendedEpoch(entry, tip.append(entry, now), statement, wrapped);
  }
}
