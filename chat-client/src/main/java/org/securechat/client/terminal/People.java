package org.securechat.client.terminal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.securechat.client.ChatSession;
import org.securechat.client.User;
import org.securechat.client.failure.ChangedIdentityException;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Username;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.protocol.conversation.Contacts;
import org.securechat.protocol.conversation.Contacts.Contact;
import org.securechat.protocol.conversation.IdentityChangedException;
import org.securechat.protocol.key.KeyId;
import org.securechat.protocol.key.SafetyNumber;

/** Others by their names: who they are now, who they were, and how to tell. */
final class People {
  private final ChatSession session;
  private final Contacts contacts;

  People(ChatSession session, Contacts contacts) {
    this.session = session;
    this.contacts = contacts;
  }

  /** Whoever has the name now, by the server's word. */
  User ask(String name) {
    Username username = new Username(name);
    if (username.canonical().equals(session.saved().account().username().canonical())) {
      throw new UsageException("That is yourself.");
    }
    return session.user(username);
  }

  /**
   * Whoever has the name, met now if not before.
   *
   * @throws ChangedIdentityException if they are another than before
   */
  Contact meet(String name) {
    User now = ask(name);
    try {
      contacts.meet(List.of(asMember(now)));
    } catch (IdentityChangedException e) {
      throw new ChangedIdentityException(e);
    }
    return contacts.find(now.id()).orElseThrow();
  }

  static Member asMember(User user) {
    return new Member(user.id(), Role.MEMBER, user.publicKey(), user.username());
  }

  /**
   * Whoever was met with the id, name or key that somebody has now and is another identity, or had
   * another encryption key: all of them are forgotten if the new one is believed.
   */
  List<Contact> another(User now) {
    return contacts.all().stream()
        .filter(known ->
            known.user().equals(now.id())
                || known.key().equals(now.publicKey())
                || known.name().canonical().equals(now.username().canonical()))
        .filter(known ->
            !(known.user().equals(now.id())
                && known.key().equals(now.publicKey())
                && known.name().equals(now.username())
                && (known.encryptionKey().isEmpty()
                    || known.encryptionKey().equals(encryptionKey(now)))))
        .toList();
  }

  private static Optional<Sha256> encryptionKey(User user) {
    return user.encryptionKey().map(key -> Sha256.of(key.toByteArray()));
  }

  /** Believes that somebody is who they are now; they are unverified then. */
  void believe(User now) {
    contacts.believe(asMember(now));
  }

  void verify(Contact contact) {
    contacts.verify(contact.user());
  }

  /** What to compare with somebody. */
  SafetyNumber safetyNumber(Username name, IdentityKey key) {
    return SafetyNumber.between(
        new SafetyNumber.Person(session.saved().account().username(), session.publicKey()),
        new SafetyNumber.Person(name, key));
  }

  /** The identities before and now, for a decision. */
  String comparison(List<Contact> before, User now) {
    return before.stream().map(People::lineOf).collect(Collectors.joining())
        + (before.size() == 1
            ? ""
            : "These are " + before.size() + " people; all of them would be forgotten.\n")
        + "Now:    "
        + identity(now.username(), now.id().value(), now.publicKey(), encryptionKey(now))
        + "\n\nIf "
        + now.username().value()
        + " has deleted the account and made a new one, that is what it looks like; and also if the"
        + " server or\nsomebody in it plays "
        + now.username().value()
        + ". Compare the new safety number by another way first:\n\n"
        + digits(safetyNumber(now.username(), now.publicKey()));
  }

  private static String lineOf(Contact before) {
    return "Before: "
        + identity(before.name(), before.user().value(), before.key(), before.encryptionKey())
        + (before.verified() ? "  verified\n" : "\n");
  }

  private static String identity(
      Username name, long id, IdentityKey key, Optional<Sha256> encryptionKey) {
    return name.value()
        + "  user "
        + id
        + "  key "
        + KeyId.of(key).hex().substring(0, 16)
        + encryptionKey
            .map(digest -> "  encryption key " + digest.toHex().substring(0, 16))
            .orElse("");
  }

  /** The sixty digits, in four lines of three groups. */
  static String digits(SafetyNumber number) {
    String[] groups = number.toString().split(" ", -1);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < groups.length; i++) {
      text.append(i % 4 == 0 ? "    " : " ").append(groups[i]).append(i % 4 == 3 ? "\n" : "");
    }
    return text.toString();
  }
}
