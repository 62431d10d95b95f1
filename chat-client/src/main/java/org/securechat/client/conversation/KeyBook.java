package org.securechat.client.conversation;

import java.security.SignatureException;
import java.util.List;
import java.util.Optional;
import org.securechat.client.failure.ChangedIdentityException;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.client.http.JsonObject;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.Member;
import org.securechat.protocol.conversation.Contacts;
import org.securechat.protocol.conversation.IdentityChangedException;
import org.securechat.protocol.key.EncryptionKey;
import org.securechat.protocol.key.PublishedEncryptionKey;
import org.securechat.protocol.key.RecipientKey;
import org.securechat.protocol.key.X25519Key;

/**
 * What conversation keys are wrapped to, for everybody: the encryption key that a person publishes,
 * for good, or the X25519 key of the identity while there is none. Safe for use by many threads.
 */
final class KeyBook {
  private final ConversationCalls calls;
  private final Contacts contacts;

  KeyBook(ConversationCalls calls, Contacts contacts) {
    this.calls = calls;
    this.contacts = contacts;
  }

  /**
   * The key of a member, asked of the server and held against the member's identity. Whoever is new
   * is met with it.
   *
   * @throws ChangedIdentityException if the member is not who they were, or the server names
   *     another identity, or an encryption key that is not signed by it, another than before, or
   *     none where there was one: nothing is wrapped to any other key then
   * @throws UntrustedAnswerException if the server names nobody who can be
   */
  RecipientKey keyOf(Member member) {
    try {
      contacts.meet(List.of(member));
    } catch (IdentityChangedException e) {
      throw new ChangedIdentityException(e);
    }
    JsonObject user = calls.user(member.name());
    IdentityKey identity = ConversationCalls.identityKey(user);
    UserId named = ConversationCalls.id(user);
    if (!named.equals(member.user()) || !identity.equals(member.key())) {
      throw new ChangedIdentityException(
          "The server names another identity for " + member.name().value(),
          new Member(named, member.role(), identity, member.name()));
    }
    Optional<EncryptionKey> published = published(user, member);
    if (!contacts.keepsKey(member.user(), published)) {
      throw changed(member, "another encryption key than before, or none");
    }
    return published.isPresent() ? published.get() : X25519Key.of(identity);
  }

  private static Optional<EncryptionKey> published(JsonObject user, Member member) {
    Optional<String> key = user.optionalText("encryption_key");
    if (key.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          PublishedEncryptionKey.parse(key.get(), user.text("encryption_key_signature"))
              .of(member.key()));
    } catch (SignatureException | InvalidValueException e) {
      throw changed(member, "an encryption key that they have not signed");
    } catch (UntrustedAnswerException e) {
      throw changed(member, "an encryption key without a signature");
    }
  }

  private static ChangedIdentityException changed(Member member, String what) {
    return new ChangedIdentityException(
        "The server names " + what + " for " + member.name().value(), member);
  }
}
