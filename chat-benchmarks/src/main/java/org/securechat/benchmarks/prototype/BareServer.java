package org.securechat.benchmarks.prototype;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.jersey.server.ResourceConfig;
import org.securechat.benchmarks.process.ServerProcess;
import org.securechat.benchmarks.process.Workplace;
import org.securechat.crypto.SignatureVerifiers;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.http.connector.Connector;
import org.securechat.http.connector.ConnectorSettings;

/** The prototype as a program: the product's connector, and behind it one resource. */
public final class BareServer {
  private BareServer() {}

  /** Starts it as a process of its own, for one sender. */
  public static ServerProcess start(Workplace workplace, IdentityKey sender) throws IOException {
    return ServerProcess.program(
        BareServer.class,
        workplace,
        List.of(
            workplace.resolve("prototype.db").toString(),
            HexFormat.of().formatHex(sender.toByteArray())));
  }

  /**
   * Runs until it is killed.
   *
   * @param arguments the file of the database, which must not exist, and the only sender's public
   *     key in hex
   */
  public static void main(String[] arguments) throws SQLException, IOException {
    Logger.getLogger("").setLevel(Level.WARNING);
    IdentityKey sender = IdentityKey.copyOf(HexFormat.of().parseHex(arguments[1]));
    SignatureVerifiers.Choice verifier = SignatureVerifiers.fastest();
    BareAppends appends = BareAppends.create(Path.of(arguments[0]));
    Connector connector =
        Connector.create(
            "127.0.0.1",
            0,
            new ResourceConfig()
                .register(new BareSendResource(sender, verifier.verifier(), appends)),
            ConnectorSettings.defaults(),
            status -> new byte[0]);
    connector.start();
    System.out.printf(
        "Bare prototype on http://127.0.0.1:%d, Ed25519 by %s%n",
        connector.port(), verifier.name());
  }
}
