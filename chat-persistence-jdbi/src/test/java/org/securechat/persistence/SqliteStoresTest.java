package org.securechat.persistence;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.domain.ChatStores;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.contract.AccountStoreContract;
import org.securechat.testkit.contract.AdapterModuleContract;
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

class SqliteStoresTest implements AdapterModuleContract {
  @TempDir Path folder;
  private JdbiChat chat;

  @BeforeEach
  void open() {
    chat = JdbiChat.openSqlite(SqliteSettings.of(folder.resolve("chat.db")), TestClock.atNoon());
  }

  @AfterEach
  void close() {
    chat.close();
  }

  @Override
  public String adapterPackage() {
    return "org.securechat.persistence";
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
