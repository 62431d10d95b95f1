package org.securechat.testkit.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.function.Executable;
import org.securechat.domain.ChatPorts;
import org.securechat.domain.ChatSettings;
import org.securechat.domain.SecureChat;
import org.securechat.domain.account.AccountName;
import org.securechat.domain.account.ClientInfo;
import org.securechat.domain.account.Confirmed;
import org.securechat.domain.account.LoginForm;
import org.securechat.domain.account.RegistrationBegun;
import org.securechat.domain.account.ReleasedKey;
import org.securechat.domain.account.SignedIn;
import org.securechat.domain.credential.LoginTicket;
import org.securechat.domain.credential.PasswordHash;
import org.securechat.domain.credential.PasswordHasher;
import org.securechat.domain.credential.PresentedFactor;
import org.securechat.domain.credential.RecoveryCode;
import org.securechat.domain.credential.RemoteAddress;
import org.securechat.domain.credential.TotpCode;
import org.securechat.domain.credential.TotpSecret;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.request.SignatureRule;
import org.securechat.domain.request.SignedRequest;
import org.securechat.domain.session.AuthenticateCaller.Access;
import org.securechat.domain.session.SessionToken;
import org.securechat.domain.session.SignedCaller;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.TestUser;
import org.securechat.testkit.memory.InMemoryChat;

/** A whole chat core in memory, and what a client does with it. */
final class ChatFixture {
  static final RemoteAddress ADDRESS = new RemoteAddress("192.0.2.1", false);

  final TestClock clock = TestClock.atNoon();
  final ChatPorts ports;
  final SecureChat chat;

  private int requests;

  ChatFixture() {
    this(ChatSettings.defaults());
  }

  ChatFixture(ChatSettings settings) {
    ports = InMemoryChat.ports(clock);
    chat = new SecureChat(ports, settings);
  }

  ChatFixture(ChatPorts ports, ChatSettings settings) {
    this.ports = ports;
    this.chat = new SecureChat(ports, settings);
  }

  /** The same stores behind another hasher. */
  ChatFixture with(PasswordHasher hasher) {
    return new ChatFixture(
        new ChatPorts(
            ports.stores(),
            ports.signatures(),
            hasher,
            ports.totpCodes(),
            ports.secretBox(),
            ports.names(),
            ports.events(),
            ports.random(),
            ports.clock()),
        ChatSettings.defaults());
  }

  /** A signed request that differs from every other one of this fixture. */
  SignedRequest fresh(TestUser user) {
    requests++;
    return user.request("{\"n\":" + requests + "}", clock.instant());
  }

  static ClientInfo client(RemoteAddress address, Optional<SessionToken> token) {
    return new ClientInfo(address, token, "agent");
  }

  static ClientInfo client() {
    return client(ADDRESS, Optional.empty());
  }

  static ClientInfo client(SessionToken token) {
    return client(ADDRESS, Optional.of(token));
  }

  RegistrationBegun begin(TestUser user) {
    return chat.accounts()
        .registerAccount()
        .register(fresh(user), user.registrationForm(), client());
  }

  Confirmed confirm(TestUser user, RegistrationBegun begun, TotpCode code) {
    return chat.accounts()
        .confirmRegistration()
        .confirm(fresh(user), () -> code, client(begun.token()));
  }

  /** Registers somebody all the way; returns the second factor. */
  TotpSecret register(TestUser user) {
    return join(user).secret();
  }

  /** Registers somebody all the way, which spends the code of the step that it is. */
  Member join(TestUser user) {
    RegistrationBegun begun = begin(user);
    return new Member(user, begun.secret(), confirm(user, begun, code(begun.secret(), 0)));
  }

  /** A fresh request of somebody in the session of a token. */
  SignedCaller calling(TestUser user, SessionToken token) {
    return chat.authenticateCaller()
        .authenticate(
            fresh(user), Optional.of(token), SignatureRule.ORIGINAL_ONCE, Access.ALL_SESSIONS);
  }

  /** A fresh request of somebody in the session that their registration opened. */
  SignedCaller calling(Member member) {
    return calling(member.user(), member.token());
  }

  boolean isOver(SessionToken token) {
    return ports.stores().sessions().find(token.hash()).isEmpty();
  }

  TotpCode code(TotpSecret secret, int stepsFromNow) {
    return ports.totpCodes().codeAt(secret, TotpStep.at(clock.instant()).plus(stepsFromNow));
  }

  /** A code of no step that is accepted now. */
  TotpCode wrongCode(TotpSecret secret) {
    for (int number = 0; ; number++) {
      TotpCode code = TotpCode.parse("%06d".formatted(number));
      if (ports.totpCodes().match(secret, code, clock.instant()).isEmpty()) {
        return code;
      }
    }
  }

  static AccountName nameOf(TestUser user) {
    return AccountName.of(new Username(user.name()));
  }

  static LoginForm form(TestUser user, String passwordHash, PresentedFactor factor) {
    return new LoginForm(nameOf(user), PasswordHash.presented(passwordHash), factor);
  }

  static PresentedFactor presented(TotpCode code) {
    return new PresentedFactor.Totp(code);
  }

  static PresentedFactor presented(RecoveryCode code) {
    return new PresentedFactor.Recovery(code);
  }

  static PresentedFactor presented(LoginTicket ticket) {
    return new PresentedFactor.Ticket(ticket);
  }

  /** One of many addresses. */
  static RemoteAddress address(int number) {
    return new RemoteAddress("10.0." + number / 256 + "." + number % 256, false);
  }

  ReleasedKey releaseKey(TestUser user, PresentedFactor factor) {
    return releaseKey(user, user.passwordHash(), factor, ADDRESS);
  }

  ReleasedKey releaseKey(
      TestUser user, String passwordHash, PresentedFactor factor, RemoteAddress address) {
    return chat.accounts().releaseKey().release(form(user, passwordHash, factor), address);
  }

  SignedIn logIn(TestUser user, PresentedFactor factor) {
    return logIn(user, user.passwordHash(), factor, ADDRESS);
  }

  SignedIn logIn(
      TestUser user, String passwordHash, PresentedFactor factor, RemoteAddress address) {
    return chat.accounts()
        .logIn()
        .logIn(
            fresh(user), () -> form(user, passwordHash, factor), client(address, Optional.empty()));
  }

  SignedIn logIn(TestUser user, TotpCode code) {
    return logIn(user, fresh(user), user.passwordHash(), code, client());
  }

  SignedIn logIn(
      TestUser user, SignedRequest request, String passwordHash, TotpCode code, ClientInfo client) {
    return chat.accounts()
        .logIn()
        .logIn(request, () -> form(user, passwordHash, presented(code)), client);
  }

  static RejectedException assertRejected(Rejection reason, Executable call) {
    RejectedException e = assertThrows(RejectedException.class, call);
    assertEquals(reason, e.reason());
    return e;
  }
}
