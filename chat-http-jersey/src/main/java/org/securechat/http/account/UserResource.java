package org.securechat.http.account;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.securechat.domain.account.Accounts;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.request.SignatureRule;
import org.securechat.domain.session.AuthenticateCaller.Access;
import org.securechat.http.answer.Answers;
import org.securechat.http.answer.Problem;
import org.securechat.http.answer.ProblemException;
import org.securechat.http.call.SignedCalls;

/** Other users: looking one up by the whole name, and keeping one away. */
@Path("api")
public final class UserResource {
  private final Accounts accounts;
  private final SignedCalls calls;

  public UserResource(Accounts accounts, SignedCalls calls) {
    this.accounts = accounts;
    this.calls = calls;
  }

  @GET
  @Path("users/{username}")
  public Response read(
      @Context ContainerRequestContext request, @PathParam("username") String username) {
    authenticate(request, SignatureRule.BOUND_REPEATABLE);
    return Answers.json(200, AccountAnswers.publicUser(accounts.readUser().read(nameOf(username))))
        .build();
  }

  @POST
  @Path("users/{username}/block")
  public Response block(
      @Context ContainerRequestContext request, @PathParam("username") String username) {
    SignedCalls.Verified call = authenticate(request, SignatureRule.BOUND_ONCE);
    accounts.blockUser().block(call.caller(), nameOf(username));
    return Answers.json(200, Answers.message("User blocked")).build();
  }

  @POST
  @Path("users/{username}/unblock")
  public Response unblock(
      @Context ContainerRequestContext request, @PathParam("username") String username) {
    SignedCalls.Verified call = authenticate(request, SignatureRule.BOUND_ONCE);
    accounts.unblockUser().unblock(call.caller(), nameOf(username));
    return Answers.json(200, Answers.message("User unblocked")).build();
  }

  @GET
  @Path("blocks")
  public Response blocks(@Context ContainerRequestContext request) {
    SignedCalls.Verified call = authenticate(request, SignatureRule.BOUND_REPEATABLE);
    return Answers.json(
            200,
            json -> {
              json.writeStartObject();
              AccountAnswers.writeBlocks(json, accounts.listBlocks().list(call.caller().caller()));
              json.writeEndObject();
            })
        .build();
  }

  private SignedCalls.Verified authenticate(ContainerRequestContext request, SignatureRule rule) {
    return calls.authenticate(request, rule, Access.FULL_SESSIONS);
  }

  /** What can't be a name is nobody's. */
  private static Username nameOf(String text) {
    try {
      return new Username(text);
    } catch (InvalidValueException e) {
      throw new ProblemException(Problem.ofStatus(404));
    }
  }
}
