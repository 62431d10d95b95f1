package org.securechat.benchmarks.prototype;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.core.Response;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.benchmarks.scenario.Signer;
import org.securechat.crypto.BouncyCastleSignatureVerifier;

class BareSendResourceTest {
  private static final String HELLO = "\"ciphertext\":\"aGVsbG8=\"";

  @TempDir Path folder;

  private final Signer sender = new Signer(Clock.systemUTC());
  private final Signer stranger = new Signer(Clock.systemUTC());

  private static Response send(BareSendResource resource, String envelope) {
    try (Response response = resource.send(envelope.getBytes(UTF_8))) {
      return response;
    }
  }

  @Test
  void send_oneGoodAndOneForged_storesTheGoodOne() throws SQLException {
    Path file = folder.resolve("bare.db");
    try (BareAppends appends = BareAppends.create(file)) {
      BareSendResource resource =
          new BareSendResource(sender.publicKey(), new BouncyCastleSignatureVerifier(), appends);

      assertEquals(201, send(resource, sender.envelope("/send", HELLO)).getStatus());
      assertEquals(401, send(resource, stranger.envelope("/send", HELLO)).getStatus());
    }

    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
        ResultSet rows = database.createStatement().executeQuery("SELECT body FROM entries")) {
      assertTrue(rows.next());
      assertArrayEquals("hello".getBytes(UTF_8), rows.getBytes(1));
      assertFalse(rows.next());
    }
  }

  @Test
  void append_afterTheClose_isRefused() throws SQLException {
    BareAppends appends = BareAppends.create(folder.resolve("bare.db"));
    appends.close();

    assertThrows(IllegalStateException.class, () -> appends.append(1, new byte[1]));
  }
}
