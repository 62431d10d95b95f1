package org.securechat.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/metadata.md} says of every column what it tells. */
class MetadataTest {
  private static final Pattern COLUMN = Pattern.compile("`([a-z_]+\\.[a-z0-9_]+)`");

  @TempDir Path folder;

  @Test
  void documentation_ofTheColumns_isWhole() throws IOException, SQLException {
    SqliteSettings sqlite = SqliteSettings.of(folder.resolve("chat.db"));
    Schema.ofSqlite(sqlite).migrate();
    TestDatabase postgresql = TestDatabase.migrated();
    Set<String> documented = new TreeSet<>();
    COLUMN
        .matcher(Files.readString(Path.of("../docs/metadata.md")))
        .results()
        .forEach(found -> documented.add(found.group(1)));

    try (Connection here = SqliteDataSource.reading(sqlite).getConnection();
        Connection there = postgresql.server().connect(postgresql.name())) {
      assertEquals(columns(here, null), documented);
      assertEquals(columns(there, "public"), documented);
    }
  }

  private static Set<String> columns(Connection connection, @Nullable String schema)
      throws SQLException {
    DatabaseMetaData data = connection.getMetaData();
    Set<String> columns = new TreeSet<>();
    try (ResultSet row = data.getColumns(null, schema, "%", "%")) {
      while (row.next()) {
        String table = row.getString("TABLE_NAME");
        if (isOurs(data, schema, table)) {
          columns.add(table + "." + row.getString("COLUMN_NAME"));
        }
      }
    }
    return columns;
  }

  /** Not an index, and not the migrations' own. */
  private static boolean isOurs(DatabaseMetaData data, @Nullable String schema, String table)
      throws SQLException {
    try (ResultSet row = data.getTables(null, schema, table, new String[] {"TABLE"})) {
      return row.next() && !table.startsWith("sqlite_") && !table.equals("flyway_schema_history");
    }
  }
}
