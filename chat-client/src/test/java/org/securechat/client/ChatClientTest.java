package org.securechat.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.securechat.client.FakeServer.Reply;
import org.securechat.client.failure.ChangedIdentityException;
import org.securechat.client.failure.RefusalCode;
import org.securechat.client.failure.RefusedException;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.client.http.HttpSettings;
import org.securechat.client.http.ServerAddress;
import org.securechat.client.http.SignatureScheme;
import org.securechat.crypto.SystemRandomSource;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Username;
import org.securechat.protocol.key.ForeignKeyException;
import org.securechat.protocol.key.IdentityKeyPair;
import org.securechat.protocol.key.Password;
import org.securechat.testkit.TestClock;

/** The life of an account, against a server that checks every signature by the contract's words. */
class ChatClientTest {
  private static final EmailAddress EMAIL = new EmailAddress("alice@example.org");
  private static final Username ALICE = new Username("alice");
  private static final Password PASSWORD = Password.of("correct horse");
  private static final SecondFactor CODE = SecondFactor.totp(FakeAccount.CODE);

  private final FakeServer server = new FakeServer();
  private final FakeAccount account = new FakeAccount(server);
  private final TestClock clock = TestClock.atNoon();

  @AfterEach
  void stop() {
    server.close();
  }

  private ChatClient client(SignatureScheme scheme) {
    return ChatClient.to(
        ServerAddress.parse(server.url()), HttpSettings.defaults().with(scheme), clock);
  }

  private ChatClient client() {
    return client(SignatureScheme.RFC9421);
  }

  private SignedUp signUp(ChatClient client) {
    return client.register(EMAIL, ALICE, PASSWORD).confirm(FakeAccount.CODE);
  }

  @ParameterizedTest
  @EnumSource
  void account_wholeLife_isUnderstoodInBothSchemes(SignatureScheme scheme) {
    ChatClient client = client(scheme);
    SignUp begun = client.register(EMAIL, ALICE, PASSWORD);
    assertEquals(FakeAccount.SECRET, begun.secret().secretText());
    assertTrue(begun.secret().provisioningUri().startsWith("otpauth://totp/"));
    SignedUp done = begun.confirm(FakeAccount.CODE);
    assertEquals(FakeAccount.RECOVERY_CODES, done.recoveryCodes().secretTexts());
    ChatSession session = done.session();

    OwnAccount me = session.me();
    assertEquals(ALICE, me.username());
    assertEquals(EMAIL, me.email());
    assertEquals(9007199254740991L, me.id().value());
    assertEquals(session.publicKey(), me.publicKey());
    assertEquals(TestClock.NOON, me.createdAt());
    assertFalse(me.secondFactorResetRequired());
    assertEquals(me, session.publishEncryptionKey());

    User user = session.user(ALICE);
    assertEquals(me.encryptionKey(), user.encryptionKey());
    assertTrue(user.encryptionKey().isPresent());

    List<SessionInfo> sessions = session.sessions();
    assertEquals(List.of(true, false), sessions.stream().map(SessionInfo::current).toList());
    assertEquals(Optional.of("a terminal"), sessions.get(0).userAgent());
    assertEquals(Optional.empty(), sessions.get(1).userAgent());
    session.endSession(sessions.get(1).id());

    Username bob = new Username("Bob");
    session.block(bob);
    assertEquals(bob, session.blocks().get(0).username());
    session.unblock(bob);
    assertEquals(List.of(), session.blocks());
    assertTrue(new String(session.export(), StandardCharsets.UTF_8).contains("\"account\""));

    Password next = Password.of("battery staple");
    session.changePassword(PASSWORD, FakeAccount.CODE, next);
    session.logOut();
    assertRefused(RefusalCode.NOT_AUTHENTICATED, session::me);

    ChatSession again = client.logIn(EMAIL, next, CODE);
    assertEquals(session.publicKey(), again.publicKey());
    again.delete(next, FakeAccount.CODE);
    assertRefused(RefusalCode.NOT_AUTHENTICATED, again::me);
  }

  private static void assertRefused(RefusalCode code, Executable call) {
    assertEquals(code, assertThrows(RefusedException.class, call).code());
  }

  @Test
  void register_never_sendsPasswordOrPrivateKey() {
    SignedUp done = signUp(client());

    byte[] seed = done.session().saved().identity().secretSeed();
    String sent = server.requests().toString();
    assertFalse(sent.contains("correct horse"));
    assertFalse(sent.contains(HexFormat.of().formatHex(seed)));
    assertFalse(sent.contains(Base64.getEncoder().encodeToString(seed)));
  }

  @Test
  void confirm_wrongCode_mayBeTriedAgain() {
    SignUp begun = client().register(EMAIL, ALICE, PASSWORD);

    assertRefused(RefusalCode.INVALID_TOTP, () -> begun.confirm("000000"));
    assertEquals(ALICE, begun.confirm(FakeAccount.CODE).session().me().username());
  }

  @Test
  void logIn_withTheKey_sendsNoRequestForIt() {
    IdentityKeyPair identity = signUp(client()).session().saved().identity();

    ChatSession session = client().logIn(EMAIL, PASSWORD, CODE, identity);

    assertEquals(ALICE, session.me().username());
    assertTrue(
        server.requests().stream().noneMatch(each -> each.target().equals("/api/login/key")));
  }

  @Test
  void logIn_wrongPassword_isRefused() {
    signUp(client());

    assertRefused(
        RefusalCode.INVALID_CREDENTIALS, () -> client().logIn(EMAIL, Password.of("wrong"), CODE));
  }

  @ParameterizedTest
  @EnumSource
  void logIn_byRecoveryCode_resetsTheSecondFactorFirst(SignatureScheme scheme) {
    ChatClient client = client(scheme);
    signUp(client);

    ChatSession session =
        client.logIn(EMAIL, PASSWORD, SecondFactor.recoveryCode(FakeAccount.RECOVERY_CODES.get(0)));
    assertTrue(session.me().secondFactorResetRequired());
    assertRefused(RefusalCode.SECOND_FACTOR_RESET_REQUIRED, session::sessions);
    SecondFactorReset reset = session.resetSecondFactor(PASSWORD);
    assertRefused(RefusalCode.INVALID_TOTP, () -> reset.confirm("000000"));
    SavedSession before = session.saved();
    assertEquals(FakeAccount.RECOVERY_CODES, reset.confirm(FakeAccount.CODE).secretTexts());

    assertNotEquals(before.cookie(), session.saved().cookie());
    assertFalse(session.me().secondFactorResetRequired());
    assertEquals(2, session.sessions().size());
  }

  @Test
  void resetSecondFactor_withTheOldOne_sendsItsCode() {
    ChatSession session = signUp(client()).session();

    assertRefused(
        RefusalCode.INVALID_CREDENTIALS, () -> session.resetSecondFactor(PASSWORD, "000000"));
    assertEquals(
        2,
        session
            .resetSecondFactor(PASSWORD, FakeAccount.CODE)
            .confirm(FakeAccount.CODE)
            .secretTexts()
            .size());
  }

  @Test
  void resume_savedSession_goesOn() {
    SavedSession saved = signUp(client()).session().saved();

    assertEquals(ALICE, client().resume(saved).me().username());
  }

  @Test
  void logIn_weakKeyDerivation_isRefusedBeforeAnythingIsDerived() {
    signUp(client());
    account.weaken();
    int before = server.requests().size();

    assertThrows(UntrustedAnswerException.class, () -> client().logIn(EMAIL, PASSWORD, CODE));
    assertEquals(before + 1, server.requests().size());
    assertEquals("/api/login/params", server.last().target());
  }

  @Test
  void logIn_foreignPublicKey_isRefused() {
    signUp(client());
    IdentityKey mallory = IdentityKeyPair.generate(new SystemRandomSource()).publicKey();
    account.claim(mallory);

    UntrustedAnswerException e =
        assertThrows(UntrustedAnswerException.class, () -> client().logIn(EMAIL, PASSWORD, CODE));
    assertTrue(e.getCause() instanceof ForeignKeyException);
    assertEquals("/api/login/key", server.last().target());
  }

  @Test
  void me_anotherKeyInOurName_isRefused() {
    ChatSession session = signUp(client()).session();
    IdentityKeyPair mallory = IdentityKeyPair.generate(new SystemRandomSource());
    String user = account.user();
    String own = session.publicKey().toPem().replace("\n", "\\n");
    server.on(
        "POST /api/me",
        request ->
            Reply.json(200, user.replace(own, mallory.publicKey().toPem().replace("\n", "\\n"))));
    assertThrows(UntrustedAnswerException.class, session::me);

    String foreign = account.user(mallory.publishEncryptionKey().encryptionKey());
    server.on("POST /api/me", request -> Reply.json(200, foreign));
    assertThrows(UntrustedAnswerException.class, session::me);

    server.on("POST /api/me", request -> Reply.json(200, user.replace(EMAIL.value(), "m@b.org")));
    assertThrows(UntrustedAnswerException.class, session::me);
  }

  /** The neutral element: signatures under it can be had for any text. */
  @Test
  void user_unsoundIdentityKey_isRefused() {
    ChatSession session = signUp(client()).session();
    byte[] point = new byte[IdentityKey.LENGTH];
    point[0] = 1;
    String own = session.publicKey().toPem().replace("\n", "\\n");
    String weak = IdentityKey.copyOf(point).toPem().replace("\n", "\\n");
    String user = withoutKey().replace(own, weak);
    server.on("GET /api/users/alice", request -> Reply.json(200, user));

    UntrustedAnswerException e =
        assertThrows(UntrustedAnswerException.class, () -> session.user(ALICE));
    assertTrue(e.sentence().contains("public_key"), e.sentence());
  }

  private String withoutKey() {
    return account.user().replaceAll("\"encryption_key\":\"[^\"]*\"", "\"encryption_key\":null");
  }

  @Test
  void confirm_anotherNameOrNoKey_isRefused() {
    SignUp begun = client().register(EMAIL, ALICE, PASSWORD);
    account.rename("Alice");
    assertThrows(ChangedIdentityException.class, () -> begun.confirm(FakeAccount.CODE));

    SignUp again = client().register(EMAIL, ALICE, PASSWORD);
    String confirmed =
        "{\"user\":" + withoutKey() + ",\"recovery_codes\":[\"" + "a".repeat(19) + "\"]}";
    server.on(
        "POST /api/register/verify-2fa", request -> Reply.json(201, confirmed).withCookie("c"));
    assertThrows(ChangedIdentityException.class, () -> again.confirm(FakeAccount.CODE));
  }

  @Test
  void me_renamedRenumberedOrWithoutItsKey_isAChangedIdentity() {
    ChatSession session = signUp(client()).session();
    ChatSession resumed = client().resume(session.saved());
    String user = account.user();
    for (String changed :
        List.of(
            withoutKey(),
            user.replace("\"alice\"", "\"Alice\""),
            user.replace("9007199254740991", "9007199254740990"))) {
      server.on("POST /api/me", request -> Reply.json(200, changed));
      assertThrows(ChangedIdentityException.class, session::me, changed);
      assertThrows(ChangedIdentityException.class, resumed::me, changed);
    }
    server.on("POST /api/me", request -> Reply.json(200, user));
    assertEquals(ALICE, resumed.me().username());
  }

  /** An account of a client that publishes later: the key may come, and then it stays. */
  @Test
  void publishEncryptionKey_later_isRemembered() {
    IdentityKeyPair identity = signUp(client()).session().saved().identity();
    String user = account.user();
    String without = withoutKey();
    server.on(
        "POST /api/login",
        request -> Reply.json(200, "{\"user\":" + without + "}").withCookie("later"));
    server.on("POST /api/me/encryption-key", request -> Reply.json(200, user));
    server.on("POST /api/me", request -> Reply.json(200, without));
    ChatSession session = client().logIn(EMAIL, PASSWORD, CODE, identity);
    assertTrue(session.me().encryptionKey().isEmpty());

    session.publishEncryptionKey();
    assertTrue(session.saved().account().encryptionKeyPublished());
    assertThrows(ChangedIdentityException.class, session::me);
  }

  @Test
  void user_anotherNameOrAnUnsignedKey_isRefused() {
    ChatSession session = signUp(client()).session();
    server.on("GET /api/users/bob", request -> Reply.json(200, account.user()));
    assertThrows(UntrustedAnswerException.class, () -> session.user(new Username("bob")));

    String unsigned =
        account.user(
            IdentityKeyPair.generate(new SystemRandomSource())
                .publishEncryptionKey()
                .encryptionKey());
    server.on("GET /api/users/alice", request -> Reply.json(200, unsigned));
    assertThrows(UntrustedAnswerException.class, () -> session.user(ALICE));
  }

  @Test
  void toString_ofWhatHoldsSecrets_hidesThem() {
    SignUp begun = client().register(EMAIL, ALICE, PASSWORD);
    SignedUp done = begun.confirm(FakeAccount.CODE);
    SavedSession saved = done.session().saved();
    String printed =
        List.of(begun, begun.secret(), done, done.session(), saved, CODE, done.recoveryCodes())
            .toString();

    for (String secret :
        List.of(
            FakeAccount.SECRET,
            FakeAccount.CODE,
            FakeAccount.RECOVERY_CODES.get(0),
            saved.cookie().secretText(),
            account.passwordHash(),
            HexFormat.of().formatHex(saved.identity().secretSeed()))) {
      assertFalse(printed.contains(secret), printed);
    }
  }
}
