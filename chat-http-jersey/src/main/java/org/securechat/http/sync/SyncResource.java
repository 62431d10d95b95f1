package org.securechat.http.sync;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.glassfish.jersey.server.CloseableService;
import org.securechat.domain.request.SignatureRule;
import org.securechat.domain.session.AuthenticateCaller.Access;
import org.securechat.domain.session.Caller;
import org.securechat.domain.sync.Sync;
import org.securechat.domain.sync.SyncAnswer;
import org.securechat.http.answer.HeapBudget;
import org.securechat.http.answer.LargeAnswers;
import org.securechat.http.call.SignedCalls;

/** What a client has missed, by long polling. */
@Path("api")
public final class SyncResource {
  private final Sync sync;
  private final SignedCalls calls;
  private final LargeAnswers large;
  private final HeapBudget waiting;

  /**
   * Made once, for all requests.
   *
   * @param waiting what those who wait may hold
   */
  public SyncResource(Sync sync, SignedCalls calls, LargeAnswers large, HeapBudget waiting) {
    this.sync = sync;
    this.calls = calls;
    this.large = large;
    this.waiting = waiting;
  }

  @POST
  @Path("sync")
  public Response sync(
      @Context ContainerRequestContext request, @Context CloseableService requestEnd) {
    Asked asked = read(request);
    requestEnd.add(waiting.hold(asked.form().size()));
    SyncAnswer answer = sync.sync(asked.caller(), asked.form().after(), asked.form().patience());
    return large.json(
        request, requestEnd, 200, SyncAnswers.size(answer), SyncAnswers.answer(answer));
  }

  private record Asked(Caller caller, SyncForm form) {}

  /** In a method of its own: the body must not be held while somebody waits. */
  private Asked read(ContainerRequestContext request) {
    SignedCalls.Verified call =
        calls.authenticate(request, SignatureRule.BOUND_REPEATABLE, Access.FULL_SESSIONS);
    return new Asked(call.caller().caller(), SyncForm.read(call.data()));
  }
}
