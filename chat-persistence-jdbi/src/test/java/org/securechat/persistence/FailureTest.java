package org.securechat.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class FailureTest {
  @Test
  void describe_failureOfADatabase_isTypesAndCodesWithoutWhatItQuotes() {
    Exception failure =
        new IllegalStateException("alice", new SQLException("Key (alice) exists", "23505", 7));

    String described = Failure.describe(failure);

    assertFalse(described.contains("alice"), described);
    assertTrue(described.startsWith("java.lang.IllegalStateException at "), described);
    assertTrue(
        described.contains("; caused by java.sql.SQLException (SQLSTATE 23505, code 7) at "),
        described);
    assertTrue(described.contains("FailureTest"), described);
  }

  @Test
  void describe_refusalOfOurs_saysWhy() {
    String described = Failure.describe(new DatabaseException("It is a standby.", null));

    assertTrue(
        described.startsWith(DatabaseException.class.getName() + " (It is a standby.)"), described);
  }

  @Test
  void describe_causesWithoutEnd_areCutOff() {
    Exception failure = new IllegalStateException();
    for (int i = 0; i < 100; i++) {
      failure = new IllegalStateException(failure);
    }

    assertEquals(5, Failure.describe(failure).split("; caused by ", -1).length);
  }
}
