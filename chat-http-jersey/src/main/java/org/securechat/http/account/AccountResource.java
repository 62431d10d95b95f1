package org.securechat.http.account;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.glassfish.grizzly.http.server.Request;
import org.securechat.domain.SecureChat;
import org.securechat.domain.account.Confirmed;
import org.securechat.domain.account.RegistrationBegun;
import org.securechat.domain.account.SignedIn;
import org.securechat.domain.request.SignatureRule;
import org.securechat.domain.session.AuthenticateCaller.Access;
import org.securechat.http.answer.Answers;
import org.securechat.http.call.ClientInfos;
import org.securechat.http.call.SessionCookie;
import org.securechat.http.call.SignedCalls;

/** The five original endpoints: translates between JSON and the use cases, and decides nothing. */
@Path("api")
public final class AccountResource {
  private final SecureChat chat;
  private final SignedCalls calls;
  private final ClientInfos clients;
  private final SessionCookie cookie;
  private final Duration pendingLifetime;

  /**
   * Made once, for all requests.
   *
   * @param pendingLifetime how long a browser keeps the cookie of a registration
   */
  public AccountResource(
      SecureChat chat,
      SignedCalls calls,
      ClientInfos clients,
      SessionCookie cookie,
      Duration pendingLifetime) {
    this.chat = chat;
    this.calls = calls;
    this.clients = clients;
    this.cookie = cookie;
    this.pendingLifetime = pendingLifetime;
  }

  @POST
  @Path("register")
  public Response register(@Context ContainerRequestContext request, @Context Request connection) {
    SignedCalls.Unverified call = calls.read(request);
    RegistrationBegun begun =
        chat.accounts()
            .registerAccount()
            .register(
                call.request(),
                AccountForms.registration(call.data()),
                clients.of(request, connection));
    return Answers.json(200, AccountAnswers.begun(begun.secret(), begun.provisioningUri()))
        .header(HttpHeaders.SET_COOKIE, cookie.set(begun.token(), pendingLifetime))
        .build();
  }

  @POST
  @Path("register/verify-2fa")
  public Response confirm(@Context ContainerRequestContext request, @Context Request connection) {
    SignedCalls.Unverified call = calls.read(request);
    Confirmed confirmed =
        chat.accounts()
            .confirmRegistration()
            .confirm(
                call.request(),
                () -> AccountForms.totpCode(call.data()),
                clients.of(request, connection));
    return Answers.json(201, AccountAnswers.confirmed("Registration complete", confirmed))
        .header(HttpHeaders.SET_COOKIE, cookie.set(confirmed.signedIn().token()))
        .build();
  }

  @POST
  @Path("login")
  public Response logIn(@Context ContainerRequestContext request, @Context Request connection) {
    SignedCalls.Unverified call = calls.read(request);
    SignedIn signedIn =
        chat.accounts()
            .logIn()
            .logIn(
                call.request(),
                () -> AccountForms.login(call.data()),
                clients.of(request, connection));
    return Answers.json(200, AccountAnswers.signedIn(signedIn))
        .header(HttpHeaders.SET_COOKIE, cookie.set(signedIn.token()))
        .build();
  }

  @POST
  @Path("logout")
  public Response logOut(@Context ContainerRequestContext request) {
    SignedCalls.Verified call =
        calls.authenticate(request, SignatureRule.ORIGINAL_ONCE, Access.ALL_SESSIONS);
    chat.accounts().logOut().logOut(call.caller());
    return Answers.json(200, Answers.message("Logged out"))
        .header(HttpHeaders.SET_COOKIE, cookie.clear())
        .build();
  }

  @POST
  @Path("me")
  public Response me(@Context ContainerRequestContext request) {
    SignedCalls.Verified call =
        calls.authenticate(request, SignatureRule.ORIGINAL_REPEATABLE, Access.ALL_SESSIONS);
    return Answers.json(
            200, AccountAnswers.own(chat.accounts().readOwnAccount().read(call.caller().caller())))
        .build();
  }
}
