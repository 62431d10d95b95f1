package org.securechat.http.account;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.glassfish.grizzly.http.server.Request;
import org.securechat.domain.account.Accounts;
import org.securechat.domain.account.Confirmed;
import org.securechat.domain.account.ResetBegun;
import org.securechat.domain.request.SignatureRule;
import org.securechat.domain.session.AuthenticateCaller.Access;
import org.securechat.domain.session.SessionState;
import org.securechat.http.answer.Answers;
import org.securechat.http.call.ClientInfos;
import org.securechat.http.call.SessionCookie;
import org.securechat.http.call.SignedCalls;

/** What somebody who is signed in may do only with password and second factor at hand. */
@Path("api")
public final class CredentialResource {
  private final Accounts accounts;
  private final SignedCalls calls;
  private final ClientInfos clients;
  private final SessionCookie cookie;

  public CredentialResource(
      Accounts accounts, SignedCalls calls, ClientInfos clients, SessionCookie cookie) {
    this.accounts = accounts;
    this.calls = calls;
    this.clients = clients;
    this.cookie = cookie;
  }

  @POST
  @Path("password")
  public Response changePassword(
      @Context ContainerRequestContext request, @Context Request connection) {
    SignedCalls.Verified call = authenticate(request, Access.FULL_SESSIONS);
    accounts
        .changePassword()
        .change(
            call.caller(),
            AccountForms.password(call.data()),
            clients.of(request, connection).address());
    return Answers.json(200, Answers.message("Password changed")).build();
  }

  @POST
  @Path("2fa/reset")
  public Response beginReset(
      @Context ContainerRequestContext request, @Context Request connection) {
    SignedCalls.Verified call = authenticate(request, Access.ALL_SESSIONS);
    boolean codeWanted = call.caller().caller().session().state() == SessionState.FULL;
    ResetBegun begun =
        accounts
            .resetSecondFactor()
            .begin(
                call.caller(),
                AccountForms.reset(call.data(), codeWanted),
                clients.of(request, connection).address());
    return Answers.json(200, AccountAnswers.begun(begun.secret(), begun.provisioningUri())).build();
  }

  @POST
  @Path("2fa/reset/verify")
  public Response confirmReset(
      @Context ContainerRequestContext request, @Context Request connection) {
    SignedCalls.Verified call = authenticate(request, Access.ALL_SESSIONS);
    Confirmed confirmed =
        accounts
            .confirmReset()
            .confirm(
                call.caller(), AccountForms.totpCode(call.data()), clients.of(request, connection));
    return Answers.json(200, AccountAnswers.confirmed("Second factor replaced", confirmed))
        .header(HttpHeaders.SET_COOKIE, cookie.set(confirmed.signedIn().token()))
        .build();
  }

  @POST
  @Path("me/delete")
  public Response delete(@Context ContainerRequestContext request, @Context Request connection) {
    SignedCalls.Verified call = authenticate(request, Access.FULL_SESSIONS);
    accounts
        .closeAccount()
        .close(
            call.caller(),
            AccountForms.closing(call.data()),
            clients.of(request, connection).address());
    return Answers.json(200, Answers.message("Account deleted"))
        .header(HttpHeaders.SET_COOKIE, cookie.clear())
        .build();
  }

  private SignedCalls.Verified authenticate(ContainerRequestContext request, Access access) {
    return calls.authenticate(request, SignatureRule.BOUND_ONCE, access);
  }
}
