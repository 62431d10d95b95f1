package org.securechat.protocol.conversation;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.protocol.key.EncryptionKey;

/**
 * Everyone that a client has met, pinned: one id, one name (ignoring case), one key, for good. Who
 * is met first is believed, and unverified until safety numbers are compared. Safe for use by many
 * threads.
 */
public final class Contacts {
  private final Map<UserId, Contact> byId = new HashMap<>();
  private final Map<IdentityKey, UserId> byKey = new HashMap<>();
  private final Map<String, UserId> byName = new HashMap<>();
  private final @Nullable Consumer<List<Contact>> changed;

  /**
   * Somebody who is pinned.
   *
   * @param encryptionKey SHA-256 of the encryption key that was published, if one was seen
   * @param verified whether safety numbers were compared
   */
  public record Contact(
      UserId user,
      Username name,
      IdentityKey key,
      Optional<Sha256> encryptionKey,
      boolean verified) {
    Member asMember() {
      return new Member(user, Role.MEMBER, key, name);
    }
  }

  /** Nobody yet. */
  public Contacts() {
    this.changed = null;
  }

  /**
   * Everybody that was met.
   *
   * @param met from an earlier {@link #all}
   * @param changed gets everybody after each change, before the change is acted upon
   */
  public Contacts(Collection<Contact> met, Consumer<List<Contact>> changed) {
    met.forEach(this::put);
    this.changed = changed;
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
    boolean isAnybodyNew = false;
    for (Member person : people) {
      if (!byId.containsKey(person.user())) {
        put(unverified(person));
        isAnybodyNew = true;
      }
    }
    if (isAnybodyNew) {
      tell();
    }
  }

  private static Contact unverified(Member person) {
    return new Contact(person.user(), person.name(), person.key(), Optional.empty(), false);
  }

  /**
   * Pins the encryption key that somebody who was met publishes; it is for good.
   *
   * @param published empty if the person publishes none
   * @return false if it is another than before, or none where there was one; nothing has changed
   *     then
   */
  public synchronized boolean keepsKey(UserId user, Optional<EncryptionKey> published) {
    Contact known = require(user);
    Optional<Sha256> digest = published.map(key -> Sha256.of(key.toByteArray()));
    if (known.encryptionKey().isPresent()) {
      return known.encryptionKey().equals(digest);
    }
    if (digest.isPresent()) {
      put(new Contact(user, known.name(), known.key(), digest, known.verified()));
      tell();
    }
    return true;
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
    Contact known = require(user);
    put(new Contact(user, known.name(), known.key(), known.encryptionKey(), true));
    tell();
  }

  private Contact require(UserId user) {
    Contact known = byId.get(user);
    if (known == null) {
      throw new IllegalArgumentException("Nobody knows whom they have not met");
    }
    return known;
  }

  /**
   * The user has decided to believe a change: whoever had this id, key or name before is forgotten,
   * and the new one is unverified, with any encryption key.
   */
  public synchronized void believe(Member claimed) {
    for (Contact known = known(claimed); known != null; known = known(claimed)) {
      byId.remove(known.user());
      byKey.remove(known.key());
      byName.remove(known.name().canonical());
    }
    put(unverified(claimed));
    tell();
  }

  private void tell() {
    if (changed != null) {
      changed.accept(all());
    }
  }

  private void put(Contact contact) {
    byId.put(contact.user(), contact);
    byKey.put(contact.key(), contact.user());
    byName.put(contact.name().canonical(), contact.user());
  }
}
