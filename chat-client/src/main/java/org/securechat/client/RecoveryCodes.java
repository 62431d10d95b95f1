package org.securechat.client;

import java.util.List;
import org.securechat.client.http.JsonObject;

/** The codes that open the account when the authenticator is lost, each once. */
public final class RecoveryCodes {
  private final List<String> codes;

  private RecoveryCodes(List<String> codes) {
    this.codes = codes;
  }

  static RecoveryCodes read(JsonObject answer) {
    return new RecoveryCodes(answer.texts("recovery_codes"));
  }

  /** The codes, to be shown to their owner once. */
  public List<String> secretTexts() {
    return codes;
  }

  @Override
  public String toString() {
    return "RecoveryCodes[" + codes.size() + "]";
  }
}
