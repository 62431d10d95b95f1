package org.securechat.benchmarks.scenario;

import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.securechat.benchmarks.http.Requests;
import org.securechat.benchmarks.http.Target;
import org.securechat.domain.credential.TotpSecret;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.testkit.memory.HmacTotpCodes;
import org.securechat.testkit.memory.JdkRandomSource;

/** A registered user with a session. May be used by many threads. */
public final class SignedInUser {
  private static final HmacTotpCodes CODES = new HmacTotpCodes(new JdkRandomSource());

  private final Target target;
  private final Signer signer;
  private final String cookie;
  private final UserId id;
  private final Username name;

  private SignedInUser(Target target, Signer signer, String cookie, UserId id, Username name) {
    this.target = target;
    this.signer = signer;
    this.cookie = cookie;
    this.id = id;
    this.name = name;
  }

  /**
   * Registers somebody, with a code of the second factor, and so signs in.
   *
   * @throws IllegalStateException if the server refuses
   */
  public static SignedInUser register(Target target, String name, Clock clock) {
    Signer signer = new Signer(clock);
    try (HttpClient http = HttpClient.newHttpClient()) {
      PreparingCalls calls = new PreparingCalls(http, target, signer);
      PreparingCalls.Answer begun =
          calls.post("/api/register", "", registration(name, signer), 200);
      TotpSecret secret = TotpSecret.parse(begun.text("secret"));
      String code = CODES.codeAt(secret, TotpStep.at(clock.instant())).secretText();
      PreparingCalls.Answer confirmed =
          calls.post("/api/register/verify-2fa", begun.cookie(), member("totp_code", code), 201);
      return new SignedInUser(
          target,
          signer,
          confirmed.cookie(),
          new UserId(Long.parseLong(confirmed.text("user", "id"))),
          new Username(name));
    }
  }

  /**
   * The whole bytes of a request, signed now.
   *
   * @param members of its data, as JSON without braces; may be empty
   */
  public byte[] post(String path, String members) {
    return Requests.postAs(target, path, cookie, signer.envelope(path, members));
  }

  /**
   * The whole bytes of a GET, signed now.
   *
   * @param path with its query, if there is one
   */
  public byte[] get(String path) {
    return Requests.getAs(target, path, cookie, signer.envelope("GET", path, ""));
  }

  /** Sends data and waits for the answer, before anything is measured. */
  PreparingCalls.Answer call(String path, String members, int expectedStatus) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return new PreparingCalls(http, target, signer).post(path, cookie, members, expectedStatus);
    }
  }

  UserId id() {
    return id;
  }

  /** The user as one of a conversation's. */
  Member as(Role role) {
    return new Member(id, role, signer.publicKey(), name);
  }

  /** Signs a text that a conversation's members read. */
  Signature sign(byte[] text) {
    return signer.sign(text);
  }

  private static String registration(String name, Signer signer) {
    byte[] opaque = ("opaque private key of " + name).getBytes(StandardCharsets.UTF_8);
    return String.join(
        ",",
        member("email", name + "@example.org"),
        member("username", name),
        member("password_hash", Sha256.of(opaque).toHex()),
        member("encrypted_private_key", Base64Text.encode(opaque)),
        member("public_key", signer.publicKey().toPem().replace("\n", "\\n")),
        member("encryption_iv", "00112233445566778899aabb"));
  }

  private static String member(String name, String value) {
    return "\"" + name + "\":\"" + value + "\"";
  }

  /** The name of the account's key only. */
  @Override
  public String toString() {
    return "SignedInUser[" + signer.publicKey() + "]";
  }
}
