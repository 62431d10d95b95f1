package org.securechat.testkit.memory;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.securechat.domain.account.Account;
import org.securechat.domain.account.IssuedTicket;
import org.securechat.domain.account.PendingRegistration;
import org.securechat.domain.account.PendingReset;
import org.securechat.domain.account.Profile;
import org.securechat.domain.account.Proof;
import org.securechat.domain.credential.AttemptCount;
import org.securechat.domain.credential.AttemptCounter;
import org.securechat.domain.credential.SecondFactor;
import org.securechat.domain.credential.Settlement;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.file.FileId;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;
import org.securechat.domain.session.Session;
import org.securechat.domain.timeline.Entry;
import org.securechat.domain.transcript.ConversationId;

/** What the in-memory stores share; a store holds this object's lock for the whole of each call. */
final class MemoryTables {
  final Map<UserId, Account> accounts = new HashMap<>();
  final Map<UserId, Set<TotpStep>> usedSteps = new HashMap<>();
  final Map<UserId, Set<Sha256>> recoveryCodes = new HashMap<>();
  final Map<Sha256, IssuedTicket> tickets = new LinkedHashMap<>();
  final Map<Sha256, PendingReset> resets = new LinkedHashMap<>();
  final Map<UserId, Map<UserId, Instant>> blocks = new HashMap<>();
  final Set<UserId> closed = new HashSet<>();
  final Map<Sha256, PendingRegistration> registrations = new LinkedHashMap<>();
  final Map<Sha256, Integer> registrationAttempts = new HashMap<>();
  final Map<Sha256, Session> sessions = new LinkedHashMap<>();
  final Map<AttemptCounter, AttemptCount> attempts = new HashMap<>();
  final Set<Once> used = new HashSet<>();
  final Map<ConversationId, MemoryConversation> conversations = new LinkedHashMap<>();
  final Map<UserId, List<Instant>> started = new HashMap<>();
  final Map<FileId, MemoryFile> files = new LinkedHashMap<>();

  /** Those of {@link #closed} who may still be in conversations, or have messages or files. */
  final Set<UserId> unswept = new LinkedHashSet<>();

  /** The account of somebody who is known to have one. */
  Account account(UserId user) {
    return Objects.requireNonNull(accounts.get(user));
  }

  Optional<Account> find(UserId user) {
    return Optional.ofNullable(accounts.get(user));
  }

  Optional<Account> find(Username username) {
    return accounts.values().stream()
        .filter(account -> account.profile().username().canonical().equals(username.canonical()))
        .findFirst();
  }

  Optional<Account> find(EmailAddress email) {
    return accounts.values().stream()
        .filter(account -> account.profile().email().canonical().equals(email.canonical()))
        .findFirst();
  }

  void requireUnspent(Once once) {
    if (used.contains(once)) {
      throw RejectedException.replayedRequest();
    }
  }

  /** What every change in somebody's name begins with. */
  void requireUnspentAndLive(Once once, Actor actor) {
    requireUnspent(once);
    requireLive(actor);
  }

  void requireLive(Actor actor) {
    Session session = sessions.get(actor.session());
    if (session == null || !session.user().equals(actor.user())) {
      throw RejectedException.notAuthenticated();
    }
  }

  boolean isUnspent(UserId user, SecondFactor factor) {
    if (factor instanceof SecondFactor.Step step) {
      return !usedSteps.getOrDefault(user, Set.of()).contains(step.step());
    }
    if (factor instanceof SecondFactor.Code code) {
      return recoveryCodes.getOrDefault(user, Set.of()).contains(code.hash());
    }
    SecondFactor.Ticket ticket = (SecondFactor.Ticket) factor;
    IssuedTicket issued = tickets.get(ticket.hash());
    return issued != null && issued.user().equals(user);
  }

  /** Whether what was proved can be spent, and was held against what is still the account's. */
  boolean stands(UserId user, Proof proof) {
    Account account = accounts.get(user);
    return account != null
        && account.secrets().equals(proof.secrets())
        && proof.factor().map(factor -> isUnspent(user, factor)).orElse(true);
  }

  void spend(UserId user, Proof proof) {
    proof.factor().ifPresent(factor -> spend(user, factor));
  }

  private void spend(UserId user, SecondFactor factor) {
    if (factor instanceof SecondFactor.Step step) {
      usedSteps.computeIfAbsent(user, id -> new HashSet<>()).add(step.step());
    } else if (factor instanceof SecondFactor.Code code) {
      recoveryCodes.getOrDefault(user, new HashSet<>()).remove(code.hash());
    } else if (factor instanceof SecondFactor.Ticket ticket) {
      tickets.remove(ticket.hash());
    }
  }

  /** A conversation that somebody is in. */
  Optional<MemoryConversation> find(ConversationId id) {
    return Optional.ofNullable(conversations.get(id)).filter(found -> !found.hasEnded());
  }

  /** Takes a message its content, and its files their bytes. */
  void empty(Entry.Message message) {
    Objects.requireNonNull(conversations.get(message.place().conversation()))
        .replace(
            new Entry.Message(
                message.place(),
                message.client(),
                message.sentAtMillis(),
                message.seen(),
                Optional.empty(),
                message.contentHash(),
                message.bodyHash(),
                message.signature(),
                message.files(),
                message.expiresIn(),
                message.expiresAt()));
    message.files().forEach(file -> Objects.requireNonNull(files.get(file.id())).erase());
  }

  List<Session> sessionsOf(UserId user) {
    return sessions.values().stream().filter(session -> session.user().equals(user)).toList();
  }

  void endSession(Sha256 tokenHash) {
    sessions.remove(tokenHash);
    resets.remove(tokenHash);
  }

  void requireFree(Profile profile) {
    requireFree(profile.username(), profile.email());
  }

  void requireFree(Username username, EmailAddress email) {
    if (find(username).isPresent()) {
      throw RejectedException.usernameTaken();
    }
    if (find(email).isPresent()) {
      throw RejectedException.emailTaken();
    }
  }

  void endRegistration(Sha256 tokenHash) {
    registrations.remove(tokenHash);
    registrationAttempts.remove(tokenHash);
  }

  /** Ends the session and the registration of a token, if they are this account's own. */
  void endOwn(Sha256 tokenHash, Account account) {
    Session session = sessions.get(tokenHash);
    if (session != null && session.user().equals(account.id())) {
      endSession(tokenHash);
    }
    PendingRegistration pending = registrations.get(tokenHash);
    IdentityKey key = account.profile().identityKey();
    if (pending != null && pending.profile().identityKey().equals(key)) {
      endRegistration(tokenHash);
    }
  }

  void settle(Settlement settlement) {
    settlement.cleared().forEach(attempts::remove);
    for (Settlement.Refund refund : settlement.refunded()) {
      attempts.computeIfPresent(refund.counter(), (counter, count) -> refund.rule().refund(count));
    }
  }
}
