package org.securechat.persistence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SortedSet;
import java.util.TreeSet;
import org.securechat.domain.credential.AttemptCounter;
import org.securechat.domain.credential.Settlement;
import org.securechat.domain.file.FileId;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.request.Once;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.GroupId;

/**
 * What a unit of work decides about: units that share one of these never run at once, in whichever
 * processes, because a unit reads before it writes. Each becomes a number of 64 bits; two that
 * clash by chance wait for each other in vain and lose nothing else.
 *
 * <p>Used by one thread. On SQLite, where one unit runs at a time, nobody looks at them.
 */
final class Locks {
  private final SortedSet<Long> numbers = new TreeSet<>();

  private Locks() {}

  /** Nothing is decided: the unit is one statement, or deletes what nobody asks for any more. */
  static Locks none() {
    return new Locks();
  }

  static Locks on(UserId user) {
    return none().and(user);
  }

  static Locks on(Sha256 tokenHash) {
    return none().and(tokenHash);
  }

  static Locks on(AttemptCounter counter) {
    return none().and(counter);
  }

  static Locks on(Once once) {
    return none().and(once);
  }

  static Locks on(ConversationId conversation) {
    return none().and(conversation);
  }

  static Locks on(FileId file) {
    return none().and(file);
  }

  Locks and(UserId user) {
    return add("user", Long.toString(user.value()));
  }

  /** The hash of a session's or a registration's token, or of a ticket. */
  Locks and(Sha256 tokenHash) {
    return add("token", tokenHash.toHex());
  }

  Locks and(AttemptCounter counter) {
    return add("attempts", counter.kind() + " " + counter.subject());
  }

  /** Whatever the same key has signed. */
  Locks and(Once once) {
    IdentityKey signer = once.signer();
    return add("signer", Sha256.of(signer.toByteArray()).toHex());
  }

  Locks and(ConversationId conversation) {
    return add("conversation", Long.toString(conversation.value()));
  }

  Locks and(GroupId group) {
    return add("group", group.value());
  }

  Locks and(FileId file) {
    return add("file", Long.toString(file.value()));
  }

  Locks and(Username username, EmailAddress email) {
    return add("username", username.canonical()).add("email", email.canonical());
  }

  Locks and(Settlement settlement) {
    settlement.cleared().forEach(this::and);
    settlement.refunded().forEach(refund -> and(refund.counter()));
    return this;
  }

  /** In ascending order, which is the order to take them in. */
  SortedSet<Long> numbers() {
    return numbers;
  }

  private Locks add(String kind, String name) {
    byte[] digest = Sha256.of((kind + "\n" + name).getBytes(StandardCharsets.UTF_8)).toByteArray();
    numbers.add(ByteBuffer.wrap(digest).getLong());
    return this;
  }
}
