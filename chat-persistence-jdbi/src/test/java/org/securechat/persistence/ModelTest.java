package org.securechat.persistence;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.domain.ChatStores;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.memory.InMemoryStores;
import org.securechat.testkit.model.StoresModel;

/**
 * Random lives on the heap, SQLite and PostgreSQL come to the same. {@code -Dchat.model.sequences}
 * leads more of them, {@code -Dchat.test.seed} the same ones once more.
 */
class ModelTest {
  private static final int SEQUENCES = Integer.getInteger("chat.model.sequences", 1_000);

  @TempDir Path folder;

  @Test
  void stores_ofAllKinds_comeToTheSame() {
    long seed = Long.getLong("chat.test.seed", System.currentTimeMillis());
    TestDatabase postgresql = TestDatabase.migrated();
    try (JdbiChat sqlite =
            JdbiChat.openSqlite(SqliteSettings.of(folder.resolve("chat.db")), TestClock.atNoon());
        JdbiChat server = JdbiChat.openPostgresql(postgresql.settings(), TestClock.atNoon())) {
      Map<String, ChatStores> stores = new LinkedHashMap<>();
      stores.put("memory", InMemoryStores.create());
      stores.put("SQLite", sqlite.stores());
      stores.put("PostgreSQL", server.stores());

      System.out.println("ModelTest: seed " + seed + ", " + SEQUENCES + " sequences");
      new StoresModel(stores).compare(seed, SEQUENCES);
    }
  }
}
