package org.securechat.http.account;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.securechat.domain.SecureChat;
import org.securechat.domain.request.SignatureRule;
import org.securechat.domain.session.AuthenticateCaller.Access;
import org.securechat.domain.session.Caller;
import org.securechat.http.answer.Answers;
import org.securechat.http.call.SessionCookie;
import org.securechat.http.call.SignedCalls;

/** Where somebody is signed in. */
@Path("api/sessions")
public final class SessionResource {
  private final SecureChat chat;
  private final SignedCalls calls;
  private final SessionCookie cookie;

  public SessionResource(SecureChat chat, SignedCalls calls, SessionCookie cookie) {
    this.chat = chat;
    this.calls = calls;
    this.cookie = cookie;
  }

  @GET
  public Response list(@Context ContainerRequestContext request) {
    Caller caller =
        calls
            .authenticate(request, SignatureRule.BOUND_REPEATABLE, Access.FULL_SESSIONS)
            .caller()
            .caller();
    return Answers.json(
            200,
            json -> {
              json.writeStartObject();
              AccountAnswers.writeSessions(
                  json, chat.listSessions().list(caller), caller.session());
              json.writeEndObject();
            })
        .build();
  }

  @DELETE
  @Path("{id}")
  public Response end(@Context ContainerRequestContext request, @PathParam("id") String id) {
    SignedCalls.Verified call =
        calls.authenticate(request, SignatureRule.BOUND_ONCE, Access.FULL_SESSIONS);
    boolean own = chat.endSession().end(call.caller(), id);
    Response.ResponseBuilder answer = Answers.json(200, Answers.message("Session ended"));
    return own ? answer.header(HttpHeaders.SET_COOKIE, cookie.clear()).build() : answer.build();
  }
}
