package org.securechat.client.conversation;

import java.time.Clock;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.domain.transcript.Member;
import org.securechat.protocol.key.RecipientKey;

/** What all conversations of an account work with. */
record Desk(
    Myself self,
    ConversationCalls calls,
    KeyBook keys,
    Notebook notebook,
    SignatureVerifier signatures,
    RandomSource random,
    Clock clock) {

  /** What a conversation key is wrapped to; this user's own is asked of nobody. */
  RecipientKey recipientKey(Member member) {
    return member.user().equals(self.user())
        ? self.identity().encryptionKeyPair().publicKey()
        : keys.keyOf(member);
  }
}
