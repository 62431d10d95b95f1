package org.securechat.client.conversation;

import java.security.SignatureException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.securechat.client.failure.ChangedIdentityException;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.client.http.JsonObject;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.Member;
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
  private final Map<UserId, EncryptionKey> pinned = new HashMap<>();

  KeyBook(ConversationCalls calls) {
    this.calls = calls;
  }

  /**
   * The key of a member, asked of the server and held against the member's identity.
   *
   * @throws ChangedIdentityException if the server names another identity, or an encryption key
   *     that is not signed by it, another than before, or none where there was one: nothing is
   *     wrapped to any other key then
   */
  synchronized RecipientKey keyOf(Member member) {
    JsonObject user = calls.user(member.name());
    IdentityKey identity = ConversationCalls.identityKey(user);
    if (user.number("id") != member.user().value() || !identity.equals(member.key())) {
      throw changed(member, "another identity key");
    }
    Optional<EncryptionKey> published = published(user, member);
    EncryptionKey before = pinned.get(member.user());
    if (before != null && !published.equals(Optional.of(before))) {
      throw changed(member, "another encryption key than before, or none");
    }
    published.ifPresent(key -> pinned.put(member.user(), key));
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
        "The server names " + what + " for " + member.name().value());
  }
}
