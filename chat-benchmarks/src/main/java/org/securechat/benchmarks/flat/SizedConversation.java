package org.securechat.benchmarks.flat;

import org.securechat.benchmarks.stored.StoredChat;
import org.securechat.benchmarks.stored.StoredConversation;

/**
 * A conversation of a size, in a database of its own. It grows while it is written to: when it has
 * twice as many messages as it should, another takes its place.
 */
final class SizedConversation implements AutoCloseable {
  private final Size size;
  private final StoredChat chat;
  private StoredConversation current;

  SizedConversation(Size size, StoredChat chat) {
    this.size = size;
    this.chat = chat;
    this.current = begin();
  }

  private StoredConversation begin() {
    StoredConversation begun = chat.begin(size.members());
    begun.fill(size.messages());
    return begun;
  }

  Size size() {
    return size;
  }

  /** The conversation, made anew if it has grown too much; between turns only. */
  StoredConversation fit() {
    if (current.messages() > 2L * size.messages()) {
      current = begin();
    }
    return current;
  }

  @Override
  public void close() {
    chat.close();
  }
}
