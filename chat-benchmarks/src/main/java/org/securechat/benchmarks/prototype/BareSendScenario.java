package org.securechat.benchmarks.prototype;

import java.util.concurrent.ThreadLocalRandom;
import org.securechat.benchmarks.http.Requests;
import org.securechat.benchmarks.http.Target;
import org.securechat.benchmarks.scenario.Scenario;
import org.securechat.benchmarks.scenario.Signer;
import org.securechat.domain.identity.Base64Text;

/** A message of 2 KiB for the bare prototype, signed. */
public final class BareSendScenario implements Scenario {
  /** The bytes of a message, before base64. */
  public static final int MESSAGE_BYTES = 2048;

  private final Target target;
  private final Signer signer;

  /** Sends to a prototype that knows this signer. */
  public BareSendScenario(Target target, Signer signer) {
    this.target = target;
    this.signer = signer;
  }

  @Override
  public String name() {
    return "prototype";
  }

  @Override
  public int expectedStatus() {
    return 201;
  }

  /** The prototype takes the same message for another row. */
  @Override
  public boolean repeats() {
    return true;
  }

  @Override
  public void prepare(int connections) {
    // It knows no users.
  }

  @Override
  public byte[] request(int connection, int number) {
    byte[] message = new byte[MESSAGE_BYTES];
    ThreadLocalRandom.current().nextBytes(message);
    String path = "/" + BareSendResource.PATH;
    return Requests.post(
        target,
        path,
        signer.envelope(path, "\"ciphertext\":\"" + Base64Text.encode(message) + "\""));
  }
}
