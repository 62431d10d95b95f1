package org.securechat.testkit.memory;

import org.junit.jupiter.api.Nested;
import org.securechat.domain.ChatStores;
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

class InMemoryStoresTest {
  private final ChatStores stores = InMemoryStores.create();

  @Nested
  class Accounts implements AccountStoreContract {
    @Override
    public ChatStores stores() {
      return stores;
    }
  }

  @Nested
  class SecondFactors implements SecondFactorStoreContract {
    @Override
    public ChatStores stores() {
      return stores;
    }
  }

  @Nested
  class Blocks implements BlockStoreContract {
    @Override
    public ChatStores stores() {
      return stores;
    }
  }

  @Nested
  class Registrations implements RegistrationStoreContract {
    @Override
    public ChatStores stores() {
      return stores;
    }
  }

  @Nested
  class Sessions implements SessionStoreContract {
    @Override
    public ChatStores stores() {
      return stores;
    }
  }

  @Nested
  class Attempts implements AttemptStoreContract {
    @Override
    public ChatStores stores() {
      return stores;
    }
  }

  @Nested
  class Replays implements ReplayMemoryContract {
    @Override
    public ChatStores stores() {
      return stores;
    }
  }

  @Nested
  class Conversations implements ConversationStoreContract {
    @Override
    public ChatStores stores() {
      return stores;
    }
  }

  @Nested
  class ConversationKeys implements ConversationKeyStoreContract {
    @Override
    public ChatStores stores() {
      return stores;
    }
  }

  @Nested
  class Messages implements MessageStoreContract {
    @Override
    public ChatStores stores() {
      return stores;
    }
  }

  @Nested
  class Files implements FileStoreContract {
    @Override
    public ChatStores stores() {
      return stores;
    }
  }
}
