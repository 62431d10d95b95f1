package org.securechat.client.state;

import java.time.Duration;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.protocol.content.MessageContent;

/**
 * A message that the server has not confirmed: it may have it or not. Sent again under the same
 * client id it stands in the log once. Immutable.
 *
 * @param lifetime zero for ever
 */
public record UnsentMessage(
    ConversationId conversation, ClientId client, MessageContent content, Duration lifetime) {

  /** Without what it says. */
  @Override
  public String toString() {
    return "UnsentMessage[" + client.value() + "]";
  }
}
