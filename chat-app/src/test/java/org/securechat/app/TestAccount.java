package org.securechat.app;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.credential.TotpCode;
import org.securechat.domain.credential.TotpSecret;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.request.RequestLine;
import org.securechat.testkit.TestUser;
import org.securechat.testkit.memory.HmacTotpCodes;
import org.securechat.testkit.memory.JdkRandomSource;

/** What a client of the original description sends, for one user. */
final class TestAccount {
  private static final HmacTotpCodes CODES = new HmacTotpCodes(new JdkRandomSource());

  private final TestUser user;
  private final Clock clock;

  TestAccount(TestUser user, Clock clock) {
    this.user = user;
    this.clock = clock;
  }

  TestUser user() {
    return user;
  }

  /** The members of a registration, as JSON texts. */
  Map<String, String> registration() {
    Map<String, String> data = new LinkedHashMap<>();
    data.put("email", quote(user.email()));
    data.put("username", quote(user.name()));
    data.put("password_hash", quote(user.passwordHash()));
    data.put(
        "encrypted_private_key",
        quote(Base64Text.encode(user.encryptedPrivateKey().toByteArray())));
    data.put("public_key", quote(user.identityKey().toPem().replace("\n", "\\n")));
    data.put("encryption_iv", quote(user.profile().encryptionIv().hex()));
    return data;
  }

  static String quote(String text) {
    return "\"" + text + "\"";
  }

  static String json(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> quote(member.getKey()) + ":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** An envelope around this data, signed now. */
  String sign(String data) {
    return user.envelope(data, clock.instant());
  }

  /** The header fields of a request that is signed now as an HTTP message. */
  Map<String, String> signMessage(String method, String path, @Nullable String body) {
    return user.signMessage(new RequestLine(method, path), body, clock.instant());
  }

  /** Data with a {@code _ctx} that binds it to one place. */
  static String bound(String method, String path, String data) {
    String context =
        "{\"_ctx\":{\"method\":\"%s\",\"path\":\"%s\",\"nonce\":\"%s\"}"
            .formatted(method, path, UUID.randomUUID().toString().replace("-", ""));
    return data.equals("{}") ? context + "}" : context + "," + data.substring(1);
  }

  String signedRegistration() {
    return sign(json(registration()));
  }

  String signedCode(String code) {
    return sign(codeData(code));
  }

  static String codeData(String code) {
    return "{\"totp_code\":\"" + code + "\"}";
  }

  String signedLogin(String code) {
    return sign(loginData(code));
  }

  String loginData(String code) {
    return "{\"username\":\"%s\",\"password_hash\":\"%s\",\"totp_code\":\"%s\"}"
        .formatted(user.name(), user.passwordHash(), code);
  }

  /** The code of the step that lies so many steps from now. */
  String code(String secret, int steps) {
    return CODES
        .codeAt(TotpSecret.parse(secret), TotpStep.at(clock.instant()).plus(steps))
        .secretText();
  }

  /** Six digits that no step around now has. */
  String wrongCode(String secret) {
    for (int number = 0; ; number++) {
      String digits = "%06d".formatted(number);
      if (CODES
          .match(TotpSecret.parse(secret), TotpCode.parse(digits), clock.instant())
          .isEmpty()) {
        return digits;
      }
    }
  }

  /** Registers through an API, all the way; returns the second factor's secret. */
  String register(TestApi api) {
    String secret = api.post("/api/register", signedRegistration()).get("secret");
    TestApi.Answer answer = api.post("/api/register/verify-2fa", signedCode(code(secret, 0)));
    if (answer.status() != 201) {
      throw new AssertionError(answer.response().body());
    }
    return secret;
  }
}
