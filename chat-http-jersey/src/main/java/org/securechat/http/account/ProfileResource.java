package org.securechat.http.account;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.securechat.domain.account.Accounts;
import org.securechat.domain.account.OwnAccount;
import org.securechat.domain.export.ExportUser;
import org.securechat.domain.export.UserExport;
import org.securechat.domain.request.SignatureRule;
import org.securechat.domain.session.AuthenticateCaller.Access;
import org.securechat.domain.session.Caller;
import org.securechat.http.answer.Answers;
import org.securechat.http.call.SignedCalls;

/** What somebody publishes about themselves, and everything that is held about them. */
@Path("api")
public final class ProfileResource {
  private final Accounts accounts;
  private final ExportUser exportUser;
  private final SignedCalls calls;
  private final Clock clock;

  public ProfileResource(Accounts accounts, ExportUser exportUser, SignedCalls calls, Clock clock) {
    this.accounts = accounts;
    this.exportUser = exportUser;
    this.calls = calls;
    this.clock = clock;
  }

  @POST
  @Path("me/encryption-key")
  public Response publish(@Context ContainerRequestContext request) {
    SignedCalls.Verified call =
        calls.authenticate(request, SignatureRule.BOUND_ONCE, Access.FULL_SESSIONS);
    OwnAccount own =
        accounts
            .publishEncryptionKey()
            .publish(call.caller(), AccountForms.encryptionKey(call.data()));
    return Answers.json(200, AccountAnswers.own(own)).build();
  }

  @GET
  @Path("me/export")
  public Response export(@Context ContainerRequestContext request) {
    Caller caller =
        calls
            .authenticate(request, SignatureRule.BOUND_REPEATABLE, Access.FULL_SESSIONS)
            .caller()
            .caller();
    UserExport export = exportUser.export(caller);
    return Answers.json(200, ExportAnswer.of(export, caller.session(), clock.instant())).build();
  }
}
