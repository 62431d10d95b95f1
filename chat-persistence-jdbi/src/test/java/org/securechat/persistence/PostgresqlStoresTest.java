package org.securechat.persistence;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.securechat.domain.ChatStores;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.contract.AccountStoreContract;
import org.securechat.testkit.contract.AttemptStoreContract;
import org.securechat.testkit.contract.RegistrationStoreContract;
import org.securechat.testkit.contract.ReplayMemoryContract;
import org.securechat.testkit.contract.SessionStoreContract;

class PostgresqlStoresTest {
  private static TestDatabase database;
  private JdbiChat chat;

  @BeforeAll
  static void create() {
    database = TestDatabase.migrated();
  }

  @BeforeEach
  void open() {
    database.empty();
    chat = JdbiChat.openPostgresql(database.settings(), TestClock.atNoon());
  }

  @AfterEach
  void close() {
    chat.close();
  }

  @Nested
  class Accounts implements AccountStoreContract {
    @Override
    public ChatStores stores() {
      return chat.stores();
    }
  }

  @Nested
  class Registrations implements RegistrationStoreContract {
    @Override
    public ChatStores stores() {
      return chat.stores();
    }
  }

  @Nested
  class Sessions implements SessionStoreContract {
    @Override
    public ChatStores stores() {
      return chat.stores();
    }
  }

  @Nested
  class Attempts implements AttemptStoreContract {
    @Override
    public ChatStores stores() {
      return chat.stores();
    }
  }

  @Nested
  class Replays implements ReplayMemoryContract {
    @Override
    public ChatStores stores() {
      return chat.stores();
    }
  }
}
