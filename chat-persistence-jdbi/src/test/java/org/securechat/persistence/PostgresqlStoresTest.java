package org.securechat.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.securechat.domain.ChatStores;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.contract.AccountStoreContract;
import org.securechat.testkit.contract.AttemptStoreContract;
import org.securechat.testkit.contract.BlockStoreContract;
import org.securechat.testkit.contract.ConversationKeyStoreContract;
import org.securechat.testkit.contract.ConversationStoreContract;
import org.securechat.testkit.contract.FileStoreContract;
import org.securechat.testkit.contract.MessageStoreContract;
import org.securechat.testkit.contract.RegistrationStoreContract;
import org.securechat.testkit.contract.ReplayMemoryContract;
import org.securechat.testkit.contract.SecondFactorStoreContract;
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

  @Test
  void contracts_thatSqliteKeeps_areKeptHereToo() {
    assertEquals(contracts(SqliteStoresTest.class), contracts(PostgresqlStoresTest.class));
  }

  private static Set<String> contracts(Class<?> test) {
    return Arrays.stream(test.getDeclaredClasses())
        .flatMap(nested -> Arrays.stream(nested.getInterfaces()))
        .map(Class::getSimpleName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Nested
  class Accounts implements AccountStoreContract {
    @Override
    public ChatStores stores() {
      return chat.stores();
    }
  }

  @Nested
  class SecondFactors implements SecondFactorStoreContract {
    @Override
    public ChatStores stores() {
      return chat.stores();
    }
  }

  @Nested
  class Blocks implements BlockStoreContract {
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

  @Nested
  class Conversations implements ConversationStoreContract {
    @Override
    public ChatStores stores() {
      return chat.stores();
    }
  }

  @Nested
  class ConversationKeys implements ConversationKeyStoreContract {
    @Override
    public ChatStores stores() {
      return chat.stores();
    }
  }

  @Nested
  class Messages implements MessageStoreContract {
    @Override
    public ChatStores stores() {
      return chat.stores();
    }
  }

  @Nested
  class Files implements FileStoreContract {
    @Override
    public ChatStores stores() {
      return chat.stores();
    }
  }
}
