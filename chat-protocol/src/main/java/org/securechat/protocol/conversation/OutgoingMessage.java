package org.securechat.protocol.conversation;

import org.securechat.domain.identity.Signature;
import org.securechat.domain.transcript.MessageText;

/**
 * A message ready to be sent, as often as it takes: sealed once, it is the same bytes each time.
 *
 * @param signature over header and ciphertext
 */
public record OutgoingMessage(MessageText header, Ciphertext ciphertext, Signature signature) {}
