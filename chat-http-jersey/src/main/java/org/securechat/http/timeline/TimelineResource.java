package org.securechat.http.timeline;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.glassfish.jersey.server.CloseableService;
import org.securechat.domain.identity.ExactInteger;
import org.securechat.domain.request.SignatureRule;
import org.securechat.domain.session.AuthenticateCaller.Access;
import org.securechat.domain.timeline.DeleteMessage;
import org.securechat.domain.timeline.MessageDraft;
import org.securechat.domain.timeline.Page;
import org.securechat.domain.timeline.PostMessage;
import org.securechat.domain.timeline.ReadTimeline;
import org.securechat.domain.timeline.Timeline;
import org.securechat.domain.timeline.TimelineSettings;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.http.answer.Answers;
import org.securechat.http.answer.LargeAnswers;
import org.securechat.http.call.FieldReader.Field;
import org.securechat.http.call.PathIds;
import org.securechat.http.call.QueryReader;
import org.securechat.http.call.SignedCalls;

/** What is said in conversations, and how far it has been read. */
@Path("api")
public final class TimelineResource {
  private static final long DEFAULT_LIMIT = 50;

  private final Timeline timeline;
  private final SignedCalls calls;
  private final LargeAnswers large;
  private final TimelineSettings settings;

  public TimelineResource(
      Timeline timeline, SignedCalls calls, LargeAnswers large, TimelineSettings settings) {
    this.timeline = timeline;
    this.settings = settings;
    this.calls = calls;
    this.large = large;
  }

  @POST
  @Path("conversations/{id}/messages")
  public Response post(
      @Context ContainerRequestContext request,
      @Context CloseableService requestEnd,
      @PathParam("id") String id) {
    SignedCalls.Verified call = authenticate(request, SignatureRule.BOUND_REPEATABLE);
    MessageDraft draft = TimelineForms.message(call.data(), settings);
    PostMessage.Posted posted = timeline.post().post(call.caller(), idOf(id), draft);
    return large.json(
        request,
        requestEnd,
        posted.isNew() ? 201 : 200,
        EntryAnswers.size(posted.message()),
        EntryAnswers.member("message", posted.message()));
  }

  @GET
  @Path("conversations/{id}/messages")
  public Response page(
      @Context ContainerRequestContext request,
      @Context CloseableService requestEnd,
      @PathParam("id") String id) {
    SignedCalls.Verified call = authenticate(request, SignatureRule.BOUND_REPEATABLE);
    QueryReader query = new QueryReader(request);
    Field<Optional<Long>> before = query.optionalInteger("before", 0, ExactInteger.MAX);
    Field<Optional<Long>> after = query.optionalInteger("after", 0, ExactInteger.MAX);
    Field<Long> limit = query.integer("limit", 1, ReadTimeline.MAX_LIMIT, DEFAULT_LIMIT);
    if (query.has("before") && query.has("after")) {
      query.fault("after", "Excludes before");
    }
    query.requireNoFault();
    Page page =
        timeline
            .read()
            .page(
                call.caller().caller(),
                idOf(id),
                before.get(),
                after.get(),
                limit.get().intValue());
    return large.json(
        request, requestEnd, 200, EntryAnswers.size(page.entries()), EntryAnswers.page(page));
  }

  @POST
  @Path("conversations/{id}/deletions")
  public Response delete(@Context ContainerRequestContext request, @PathParam("id") String id) {
    SignedCalls.Verified call = authenticate(request, SignatureRule.BOUND_ONCE);
    DeleteMessage.DeletionForm form = TimelineForms.deletion(call.data());
    DeleteMessage.Deleted deleted = timeline.delete().delete(call.caller(), idOf(id), form);
    return Answers.json(
            deleted.isNew() ? 201 : 200, EntryAnswers.member("entry", deleted.deletion()))
        .build();
  }

  @POST
  @Path("conversations/{id}/read")
  public Response markRead(@Context ContainerRequestContext request, @PathParam("id") String id) {
    SignedCalls.Verified call = authenticate(request, SignatureRule.BOUND_REPEATABLE);
    long upTo = TimelineForms.upTo(call.data());
    long mark = timeline.markRead().mark(call.caller(), idOf(id), upTo);
    return Answers.json(200, EntryAnswers.readUpTo(mark)).build();
  }

  private SignedCalls.Verified authenticate(ContainerRequestContext request, SignatureRule rule) {
    return calls.authenticate(request, rule, Access.FULL_SESSIONS);
  }

  private static ConversationId idOf(String segment) {
    return PathIds.read(segment, ConversationId::new);
  }
}
