package org.securechat.client.conversation;

import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.client.http.JsonObject;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.protocol.conversation.EntryJson;
import org.securechat.protocol.conversation.ReceivedEntry;

/** Reads the entry JSON of an answer. What it makes is in form, and nothing more. */
final class EntryReader {
  private EntryReader() {}

  /**
   * Reads an entry.
   *
   * @throws UntrustedAnswerException if it is out of form, or another conversation's
   */
  static ReceivedEntry read(JsonObject json, ConversationId conversation) {
    if (json.number("conversation_id") != conversation.value()) {
      throw new UntrustedAnswerException(
          "The server gives an entry of another conversation for conversation "
              + conversation.value());
    }
    try {
      return EntryJson.read(json.members());
    } catch (InvalidValueException e) {
      throw impossible(json.number("id"), conversation, e);
    }
  }

  /** An entry that breaks a rule of form, for who has to say which. */
  static UntrustedAnswerException impossible(
      long entry, ConversationId conversation, InvalidValueException rule) {
    return new UntrustedAnswerException(
        "The server gives an entry that can't be: "
            + entry
            + " of conversation "
            + conversation.value(),
        rule);
  }
}
