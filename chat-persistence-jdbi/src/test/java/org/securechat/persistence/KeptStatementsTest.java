package org.securechat.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptStatementsTest {
  private static final String ECHO = "SELECT :value";

  @TempDir Path folder;
  private final StatementLog log = new StatementLog();
  private Handle handle;

  @BeforeEach
  void open() {
    SqliteSettings settings = SqliteSettings.of(folder.resolve("chat.db"));
    handle =
        Jdbi.create(log.watch(SqliteDataSource.writing(settings)))
            .setStatementBuilderFactory(KeptStatements::new)
            .open();
    handle.execute("CREATE TABLE names (name TEXT PRIMARY KEY)");
  }

  @AfterEach
  void close() {
    handle.close();
  }

  @Test
  void create_sameText_isPreparedOnceAndGivesWhatWasBoundLast() {
    assertEquals("a", echo("a"));
    assertEquals("b", echo("b"));

    assertEquals(1, log.countPrepared("SELECT ?"));
  }

  @Test
  void create_whileTheFirstIsInUse_isAnother() {
    insert("a");
    insert("b");
    String names = "SELECT name FROM names ORDER BY name";

    List<String> pairs = new ArrayList<>();
    handle
        .createQuery(names)
        .mapTo(String.class)
        .useStream(outer ->
            outer.forEach(one ->
                handle
                    .createQuery(names)
                    .mapTo(String.class)
                    .forEach(other -> pairs.add(one + other))));

    assertEquals(List.of("aa", "ab", "ba", "bb"), pairs);
  }

  @Test
  void create_afterItFailed_works() {
    insert("taken");

    assertThrows(JdbiException.class, () -> insert("taken"));

    insert("free");
    assertEquals(1, log.countPrepared("INSERT"));
  }

  @Test
  void create_aHundredOthersSince_isPreparedAgain() {
    echo("first");
    IntStream.range(0, 100).forEach(i -> handle.createQuery("SELECT " + i).mapTo(int.class).one());

    assertEquals("last", echo("last"));

    assertEquals(2, log.countPrepared("SELECT ?"));
  }

  private String echo(String value) {
    return handle.createQuery(ECHO).bind("value", value).mapTo(String.class).one();
  }

  private void insert(String name) {
    handle.createUpdate("INSERT INTO names VALUES (:name)").bind("name", name).execute();
  }
}
