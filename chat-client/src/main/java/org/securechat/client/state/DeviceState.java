package org.securechat.client.state;

import java.util.List;
import java.util.Map;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.protocol.conversation.Contacts;

/**
 * Everything that a device remembers. Immutable; holds keys and texts that were not sent yet, so
 * whoever keeps it seals it.
 *
 * @param contacts everybody that was met
 * @param conversations what was verified of each, at most {@value #MAX_CONVERSATIONS}
 * @param unsent in the order in which it was to be sent, at most {@value #MAX_UNSENT}
 */
public record DeviceState(
    List<Contacts.Contact> contacts,
    Map<ConversationId, KnownConversation> conversations,
    List<UnsentMessage> unsent) {
  /** How many messages may wait to be sent. */
  public static final int MAX_UNSENT = 1_000;

  /**
   * How many conversations a device follows: as many as a question to the server, which names each,
   * has room for.
   */
  public static final int MAX_CONVERSATIONS = 8_000;

  /** Of a device that has met nobody yet. */
  public static final DeviceState EMPTY = new DeviceState(List.of(), Map.of(), List.of());

  public DeviceState {
    contacts = List.copyOf(contacts);
    conversations = Map.copyOf(conversations);
    unsent = List.copyOf(unsent);
  }

  /** Numbers alone: who talks to whom is for nobody else. */
  @Override
  public String toString() {
    return "DeviceState["
        + contacts.size()
        + " contacts, "
        + conversations.size()
        + " conversations, "
        + unsent.size()
        + " unsent]";
  }
}
