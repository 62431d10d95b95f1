package org.securechat.protocol.conversation;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;

/**
 * Everyone that a client has met, pinned: one id, one name (ignoring case), one key, for good. Who
 * is met first is believed, and unverified until safety numbers are compared. Safe for use by many
 * threads.
 */
public final class Contacts {
  private final Map<UserId, Contact> byId = new HashMap<>();
  private final Map<IdentityKey, UserId> byKey = new HashMap<>();
  private final Map<String, UserId> byName = new HashMap<>();

  /**
   * Somebody who is pinned.
   *
   * @param verified whether safety numbers were compared
   */
  public record Contact(UserId user, Username name, IdentityKey key, boolean verified) {
    Member asMember() {
      return new Member(user, Role.MEMBER, key, name);
    }
  }

  /** Nobody yet. */
  public Contacts() {}

  /** Everybody that was met, from an earlier {@link #all}. */
  public Contacts(Collection<Contact> met) {
    met.forEach(this::put);
  }

  /** Everybody, in the order of their ids. */
  public synchronized List<Contact> all() {
    Set<UserId> ids = new TreeSet<>(Comparator.comparingLong(UserId::value));
    ids.addAll(byId.keySet());
    return ids.stream().flatMap(id -> Stream.ofNullable(byId.get(id))).toList();
  }

  /** Who has this id, if they were met. */
  public synchronized Optional<Contact> find(UserId user) {
    return Optional.ofNullable(byId.get(user));
  }

  /**
   * Meets people; pins those who are new, all or none.
   *
   * @throws IdentityChangedException if one of them is not who they were, or is somebody else, too
   */
  public synchronized void meet(List<Member> people) throws IdentityChangedException {
    for (Member person : people) {
      Contact known = known(person);
      if (known != null
          && !(known.user().equals(person.user())
              && known.key().equals(person.key())
              && known.name().equals(person.name()))) {
        throw new IdentityChangedException(known.asMember(), person);
      }
    }
    for (Member person : people) {
      if (!byId.containsKey(person.user())) {
        put(new Contact(person.user(), person.name(), person.key(), false));
      }
    }
  }

  private @Nullable Contact known(Member person) {
    UserId user = person.user();
    if (!byId.containsKey(user)) {
      user = byKey.getOrDefault(person.key(), byName.getOrDefault(person.name().canonical(), user));
    }
    return byId.get(user);
  }

  /** The user has compared safety numbers with somebody that was met. */
  public synchronized void verify(UserId user) {
    Contact known = byId.get(user);
    if (known == null) {
      throw new IllegalArgumentException("Nobody verifies whom they have not met");
    }
    put(new Contact(known.user(), known.name(), known.key(), true));
  }

  /**
   * The user has decided to believe a change: whoever had this id, key or name before is forgotten,
   * and the new one is unverified.
   */
  public synchronized void believe(Member changed) {
    for (Contact known = known(changed); known != null; known = known(changed)) {
      byId.remove(known.user());
      byKey.remove(known.key());
      byName.remove(known.name().canonical());
    }
    put(new Contact(changed.user(), changed.name(), changed.key(), false));
  }

  private void put(Contact contact) {
    byId.put(contact.user(), contact);
    byKey.put(contact.key(), contact.user());
    byName.put(contact.name().canonical(), contact.user());
  }
}
