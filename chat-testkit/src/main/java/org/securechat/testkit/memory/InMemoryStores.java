package org.securechat.testkit.memory;

import org.securechat.domain.ChatStores;

/** Makes the stores of one database that lives on the heap and is lost with it. */
public final class InMemoryStores {
  private InMemoryStores() {}

  /** Fresh, empty stores. */
  public static ChatStores create() {
    MemoryTables tables = new MemoryTables();
    return new ChatStores(
        new InMemoryAccountStore(tables),
        new InMemorySecondFactorStore(tables),
        new InMemoryRegistrationStore(tables),
        new InMemorySessionStore(tables),
        new InMemoryBlockStore(tables),
        new InMemoryAttemptStore(tables),
        new InMemoryConversationStore(tables),
        new InMemoryConversationKeyStore(tables),
        new InMemoryMessageStore(tables),
        new InMemoryFileStore(tables),
        new InMemoryReplayMemory(tables));
  }
}
