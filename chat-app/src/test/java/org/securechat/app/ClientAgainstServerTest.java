package org.securechat.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.securechat.client.BlockedUser;
import org.securechat.client.ChatClient;
import org.securechat.client.ChatSession;
import org.securechat.client.OwnAccount;
import org.securechat.client.RecoveryCodes;
import org.securechat.client.SavedSession;
import org.securechat.client.SecondFactor;
import org.securechat.client.SecondFactorReset;
import org.securechat.client.SessionInfo;
import org.securechat.client.SignUp;
import org.securechat.client.SignedUp;
import org.securechat.client.User;
import org.securechat.client.failure.RefusalCode;
import org.securechat.client.failure.RefusedException;
import org.securechat.client.http.HttpSettings;
import org.securechat.client.http.ServerAddress;
import org.securechat.client.http.SignatureScheme;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.Rejection;
import org.securechat.protocol.key.Password;
import org.securechat.protocol.key.SafetyNumber;
import org.securechat.testkit.TestClock;

/**
 * The SDK and the server, which share nothing but the contract, through an account's whole life.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ClientAgainstServerTest {
  private static final EmailAddress EMAIL = new EmailAddress("Alice@example.org");
  private static final Username ALICE = new Username("Alice");
  private static final Username BOB = new Username("bob");
  private static final Password PASSWORD = Password.of("correct h\u00f6rse");

  @Parameter TestDatabase kind;
  @TempDir Path folder;
  private final TestClock clock = TestClock.atNoon();
  private final Authenticator authenticator = new Authenticator(clock);
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(folder, clock, kind.create(folder));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ChatClient client(SignatureScheme scheme) {
    return ChatClient.to(
        ServerAddress.parse(server.url()), HttpSettings.defaults().with(scheme), clock);
  }

  private SignedUp signUp(ChatClient client, EmailAddress email, Username name) {
    SignUp begun = client.register(email, name, PASSWORD);
    return begun.confirm(authenticator.code(begun.secret().secretText()));
  }

  private static void assertRefused(RefusalCode code, Executable call) {
    assertEquals(code, assertThrows(RefusedException.class, call).code());
  }

  @ParameterizedTest
  @EnumSource
  void account_fromRegistrationToDeletion_worksByEachScheme(SignatureScheme scheme) {
    ChatClient client = client(scheme);
    SignUp begun = client.register(EMAIL, ALICE, PASSWORD);
    String secret = begun.secret().secretText();
    assertRefused(RefusalCode.INVALID_TOTP, () -> begun.confirm(authenticator.wrongCode(secret)));
    SignedUp done = begun.confirm(authenticator.code(secret));
    assertEquals(10, Set.copyOf(done.recoveryCodes().secretTexts()).size());
    ChatSession first = done.session();
    OwnAccount me = first.me();
    assertEquals(ALICE, me.username());
    assertEquals(EMAIL, me.email());
    assertTrue(me.encryptionKey().isPresent());
    assertEquals(me, first.publishEncryptionKey());

    ChatSession second =
        client.logIn(EMAIL, PASSWORD, SecondFactor.totp(authenticator.nextCode(secret)));
    assertEquals(me, second.me());
    assertEquals(first.publicKey(), second.publicKey());
    List<SessionInfo> sessions = second.sessions();
    assertEquals(2, sessions.size());
    SessionInfo other =
        sessions.stream().filter(session -> !session.current()).findFirst().orElseThrow();
    second.endSession(other.id());
    assertRefused(RefusalCode.NOT_AUTHENTICATED, first::me);

    blocks(client, second);
    assertTrue(new String(second.export(), UTF_8).contains(EMAIL.value()));

    Password next = Password.of("battery staple");
    second.changePassword(PASSWORD, authenticator.nextCode(secret), next);
    second.logOut();
    assertRefused(RefusalCode.NOT_AUTHENTICATED, second::me);
    assertRefused(
        RefusalCode.INVALID_CREDENTIALS,
        () -> client.logIn(EMAIL, PASSWORD, SecondFactor.totp(authenticator.nextCode(secret))));
    ChatSession third =
        client.logIn(
            EMAIL,
            next,
            SecondFactor.totp(authenticator.nextCode(secret)),
            second.saved().identity());
    third.delete(next, authenticator.nextCode(secret));
    assertRefused(RefusalCode.NOT_AUTHENTICATED, third::me);
    signUp(client, EMAIL, ALICE);
  }

  private void blocks(ChatClient client, ChatSession alice) {
    assertRefused(RefusalCode.NOT_FOUND, () -> alice.user(BOB));
    ChatSession bobs = signUp(client, new EmailAddress("bob@example.org"), BOB).session();
    User bob = alice.user(BOB);
    assertEquals(bobs.publicKey(), bob.publicKey());
    User seenByBob = bobs.user(ALICE);
    assertEquals(
        SafetyNumber.between(
            new SafetyNumber.Person(ALICE, alice.publicKey()),
            new SafetyNumber.Person(BOB, bob.publicKey())),
        SafetyNumber.between(
            new SafetyNumber.Person(BOB, bobs.publicKey()),
            new SafetyNumber.Person(ALICE, seenByBob.publicKey())));

    alice.block(BOB);
    alice.block(BOB);
    assertEquals(List.of(BOB), alice.blocks().stream().map(BlockedUser::username).toList());
    alice.unblock(BOB);
    assertEquals(List.of(), alice.blocks());
  }

  @ParameterizedTest
  @EnumSource
  void recovery_withoutTheKey_resetsTheSecondFactorFirst(SignatureScheme scheme) {
    ChatClient client = client(scheme);
    SignUp begun = client.register(EMAIL, ALICE, PASSWORD);
    String old = begun.secret().secretText();
    String recovery = begun.confirm(authenticator.code(old)).recoveryCodes().secretTexts().get(0);

    ChatSession session = client.logIn(EMAIL, PASSWORD, SecondFactor.recoveryCode(recovery));
    assertTrue(session.me().secondFactorResetRequired());
    assertRefused(RefusalCode.SECOND_FACTOR_RESET_REQUIRED, session::sessions);
    SecondFactorReset reset = session.resetSecondFactor(PASSWORD);
    String secret = reset.secret().secretText();
    assertRefused(RefusalCode.INVALID_TOTP, () -> reset.confirm(authenticator.wrongCode(secret)));
    SavedSession before = session.saved();
    RecoveryCodes codes = reset.confirm(authenticator.nextCode(secret));

    assertEquals(10, codes.secretTexts().size());
    assertNotEquals(before.cookie(), session.saved().cookie());
    assertFalse(session.me().secondFactorResetRequired());
    assertRefused(RefusalCode.NOT_AUTHENTICATED, () -> client.resume(before).me());
    assertRefused(
        RefusalCode.INVALID_CREDENTIALS,
        () -> client.logIn(EMAIL, PASSWORD, SecondFactor.totp(authenticator.nextCode(old))));
    client.logIn(EMAIL, PASSWORD, SecondFactor.totp(authenticator.nextCode(secret)));
    SecondFactorReset again = session.resetSecondFactor(PASSWORD, authenticator.nextCode(secret));
    again.confirm(authenticator.nextCode(again.secret().secretText()));
  }

  @ParameterizedTest
  @EnumSource
  void call_wrongClock_isCorrectedByTheServers(SignatureScheme scheme) {
    SavedSession saved = signUp(client(scheme), EMAIL, ALICE).session().saved();
    TestClock late = TestClock.atNoon();
    late.advance(Duration.ofHours(23));
    ChatClient wrong =
        ChatClient.to(
            ServerAddress.parse(server.url()), HttpSettings.defaults().with(scheme), late);

    assertEquals(ALICE, wrong.resume(saved).me().username());
  }

  @Test
  void register_takenNames_saysWhich() {
    ChatClient client = client(SignatureScheme.RFC9421);
    signUp(client, EMAIL, ALICE);

    assertRefused(
        RefusalCode.USERNAME_TAKEN,
        () -> client.register(new EmailAddress("b@example.org"), new Username("aLICE"), PASSWORD));
    assertRefused(RefusalCode.EMAIL_TAKEN, () -> client.register(EMAIL, BOB, PASSWORD));
  }

  @Test
  void refusalCodes_ofTheServer_areAllKnownToTheClient() {
    assertEquals(
        Set.of(),
        Stream.of(Rejection.values())
            .map(Rejection::code)
            .filter(code -> RefusalCode.of(code) == RefusalCode.UNKNOWN)
            .collect(Collectors.toSet()));
  }
}
