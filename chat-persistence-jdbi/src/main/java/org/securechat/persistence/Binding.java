package org.securechat.persistence;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** Binds one parameter of a statement after the other. */
final class Binding {
  private final PreparedStatement statement;
  private int position;

  Binding(PreparedStatement statement) {
    this.statement = statement;
  }

  Binding number(@Nullable Number number) throws SQLException {
    position++;
    if (number == null) {
      statement.setNull(position, Types.BIGINT);
    } else {
      statement.setLong(position, number.longValue());
    }
    return this;
  }

  Binding bytes(byte @Nullable [] bytes) throws SQLException {
    position++;
    if (bytes == null) {
      statement.setNull(position, Types.BINARY);
    } else {
      statement.setBytes(position, bytes);
    }
    return this;
  }

  Binding text(String text) throws SQLException {
    position++;
    statement.setString(position, text);
    return this;
  }
}
