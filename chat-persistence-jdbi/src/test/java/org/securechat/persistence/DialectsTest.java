package org.securechat.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both dialects of the schema say the same. */
class DialectsTest {
  @TempDir Path folder;

  /** A table, as far as both kinds of database can say it. */
  private record Shape(
      Map<String, Boolean> notNulls,
      List<String> primaryKey,
      Set<String> indexes,
      Set<String> references) {}

  @Test
  void tables_ofBothDialects_haveTheSameColumnsKeysAndIndexes() throws SQLException {
    SqliteSettings sqlite = SqliteSettings.of(folder.resolve("chat.db"));
    Schema.ofSqlite(sqlite).migrate();
    TestDatabase postgresql = TestDatabase.migrated();

    try (Connection here = SqliteDataSource.reading(sqlite).getConnection();
        Connection there = postgresql.server().connect(postgresql.name())) {
      Map<String, Shape> expected = shapes(here, null);
      assertFalse(expected.isEmpty());
      assertEquals(expected, shapes(there, "public"));
    }
  }

  private static Map<String, Shape> shapes(Connection connection, @Nullable String schema)
      throws SQLException {
    DatabaseMetaData data = connection.getMetaData();
    Map<String, Shape> shapes = new TreeMap<>();
    List<String> tables =
        strings(data.getTables(null, schema, "%", new String[] {"TABLE"}), "TABLE_NAME");
    for (String table : tables) {
      if (!table.startsWith("sqlite_") && !table.equals("flyway_schema_history")) {
        List<String> primaryKey = primaryKey(data, schema, table);
        shapes.put(
            table,
            new Shape(
                notNulls(data, schema, table, primaryKey),
                primaryKey,
                indexes(data, schema, table, primaryKey),
                references(data, schema, table)));
      }
    }
    return shapes;
  }

  private static Map<String, Boolean> notNulls(
      DatabaseMetaData data, @Nullable String schema, String table, List<String> primaryKey)
      throws SQLException {
    Map<String, Boolean> notNulls = new TreeMap<>();
    try (ResultSet row = data.getColumns(null, schema, table, "%")) {
      while (row.next()) {
        String column = row.getString("COLUMN_NAME");
        boolean notNull = row.getInt("NULLABLE") == DatabaseMetaData.columnNoNulls;
        notNulls.put(column, notNull || primaryKey.contains(column));
      }
    }
    return notNulls;
  }

  private static List<String> primaryKey(
      DatabaseMetaData data, @Nullable String schema, String table) throws SQLException {
    Map<Integer, String> columns = new TreeMap<>();
    try (ResultSet row = data.getPrimaryKeys(null, schema, table)) {
      while (row.next()) {
        columns.put(row.getInt("KEY_SEQ"), row.getString("COLUMN_NAME"));
      }
    }
    return List.copyOf(columns.values());
  }

  /** Those beside the primary key, by what they are over. */
  private static Set<String> indexes(
      DatabaseMetaData data, @Nullable String schema, String table, List<String> primaryKey)
      throws SQLException {
    Map<String, List<String>> columns = new HashMap<>();
    Set<String> unique = new TreeSet<>();
    try (ResultSet row = data.getIndexInfo(null, schema, table, false, false)) {
      while (row.next()) {
        String name = row.getString("INDEX_NAME");
        if (name != null) {
          columns.computeIfAbsent(name, any -> new ArrayList<>()).add(row.getString("COLUMN_NAME"));
          if (!row.getBoolean("NON_UNIQUE")) {
            unique.add(name);
          }
        }
      }
    }
    Set<String> indexes = new TreeSet<>();
    columns.forEach((name, over) -> {
      if (!unique.contains(name)) {
        indexes.add(name + " " + over);
      } else if (!over.equals(primaryKey)) {
        indexes.add("unique " + over);
      }
    });
    return indexes;
  }

  private static Set<String> references(
      DatabaseMetaData data, @Nullable String schema, String table) throws SQLException {
    Set<String> references = new TreeSet<>();
    try (ResultSet row = data.getImportedKeys(null, schema, table)) {
      while (row.next()) {
        references.add(
            "%s -> %s.%s, %d"
                .formatted(
                    row.getString("FKCOLUMN_NAME"),
                    row.getString("PKTABLE_NAME"),
                    row.getString("PKCOLUMN_NAME"),
                    row.getInt("DELETE_RULE")));
      }
    }
    return references;
  }

  private static List<String> strings(ResultSet rows, String column) throws SQLException {
    List<String> strings = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        strings.add(rows.getString(column));
      }
    }
    return strings;
  }
}
