package org.securechat.client;

import java.util.List;
import java.util.regex.Pattern;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.client.http.JsonObject;

/** The codes that open the account when the authenticator is lost, each once. */
public final class RecoveryCodes {
  private static final Pattern SHAPE = Pattern.compile("[!-~]{1,64}");

  private final List<String> codes;

  private RecoveryCodes(List<String> codes) {
    this.codes = codes;
  }

  static RecoveryCodes read(JsonObject answer) {
    List<String> codes = answer.texts("recovery_codes");
    if (!codes.stream().allMatch(code -> SHAPE.matcher(code).matches())) {
      throw new UntrustedAnswerException("The answer has no usable member 'recovery_codes'");
    }
    return new RecoveryCodes(codes);
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
