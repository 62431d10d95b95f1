package org.securechat.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that runs while people talk looks through a whole table. */
class QueryPlanTest {
  /** Rows of the query itself, and indexes that hold nothing but what is looked for. */
  private static final Set<String> HARMLESS =
      Set.of(
          "SCAN CONSTANT ROW",
          "SCAN given",
          "SCAN picked",
          "SCAN conversations USING COVERING INDEX conversations_ended",
          "SCAN departures USING INDEX departures_with_keys",
          "SCAN files USING INDEX files_erased",
          "SCAN closed_accounts USING COVERING INDEX closed_accounts_pending");

  @TempDir Path folder;

  @Test
  void statements_ofConversationsTimelinesAndFiles_scanNoTable() {
    SqliteSettings settings = SqliteSettings.of(folder.resolve("chat.db"));
    Schema.ofSqlite(settings).migrate();
    Map<String, List<String>> scans = new TreeMap<>();
    Map<String, String> statements = statements();
    assertTrue(statements.size() >= 50);

    try (Handle handle = Jdbi.open(SqliteDataSource.writing(settings))) {
      statements.forEach((name, sql) -> {
        List<String> steps =
            handle
                .createQuery("EXPLAIN QUERY PLAN " + sql)
                .map((row, context) -> row.getString("detail"))
                .list();
        steps.removeIf(step -> !step.startsWith("SCAN") || HARMLESS.contains(step));
        if (!steps.isEmpty()) {
          scans.put(name, steps);
        }
      });
    }

    assertEquals(Map.of(), scans);
  }

  private static Map<String, String> statements() {
    Map<String, String> statements = new TreeMap<>();
    for (Class<?> type :
        List.of(ConversationSql.class, TimelineSql.class, KeySql.class, FileSql.class)) {
      for (Method method : type.getMethods()) {
        for (String sql : sqlOf(method)) {
          statements.put(type.getSimpleName() + "." + method.getName(), literally(sql));
        }
      }
    }
    statements.put("session", literally(ReadingSql.SESSION));
    statements.put("account", literally(ReadingSql.ACCOUNT));
    statements.put("participant", literally(ReadingSql.PARTICIPANT));
    statements.put("participants", literally(ReadingSql.participantsSql(2)));
    statements.put("view", literally(ReadingSql.VIEW));
    statements.put("listBefore", literally(ReadingSql.LIST_BEFORE));
    statements.put("listAfter", literally(ReadingSql.LIST_AFTER));
    statements.put("sizesFrom", literally(ReadingSql.SIZES_FROM));
    statements.put("sizesBackFrom", literally(ReadingSql.SIZES_BACK_FROM));
    statements.put("entries", literally(ReadingSql.ENTRIES));
    statements.put("load", literally(TimelineStatements.LOAD));
    statements.put("insert", literally(TimelineStatements.INSERT));
    statements.put("moveTip", literally(TimelineStatements.MOVE_TIP));
    return statements;
  }

  private static List<String> sqlOf(Method method) {
    List<String> sql = new ArrayList<>();
    if (method.isAnnotationPresent(SqlQuery.class)) {
      sql.add(method.getAnnotation(SqlQuery.class).value());
    }
    if (method.isAnnotationPresent(SqlUpdate.class)) {
      sql.add(method.getAnnotation(SqlUpdate.class).value());
    }
    if (method.isAnnotationPresent(SqlBatch.class)) {
      sql.add(method.getAnnotation(SqlBatch.class).value());
    }
    return sql;
  }

  /** A plan does not depend on what is bound. */
  private static String literally(String sql) {
    return sql.replace("<ids>", "1, 2")
        .replace("<users>", "1, 2")
        .replace("<keepingRows>", "")
        .replaceAll(":[a-zA-Z.0-9]+|\\?", "1");
  }
}
