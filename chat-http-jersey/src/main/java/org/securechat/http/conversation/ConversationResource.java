package org.securechat.http.conversation;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Function;
import org.glassfish.jersey.server.CloseableService;
import org.securechat.domain.conversation.ConversationKeyStore;
import org.securechat.domain.conversation.ConversationPage;
import org.securechat.domain.conversation.ConversationView;
import org.securechat.domain.conversation.Conversations;
import org.securechat.domain.conversation.ListConversations;
import org.securechat.domain.conversation.ListEpochs;
import org.securechat.domain.identity.ExactInteger;
import org.securechat.domain.request.SignatureRule;
import org.securechat.domain.session.AuthenticateCaller.Access;
import org.securechat.domain.session.Caller;
import org.securechat.domain.session.SignedCaller;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.http.answer.Answers;
import org.securechat.http.answer.LargeAnswers;
import org.securechat.http.call.FieldReader.Field;
import org.securechat.http.call.PathIds;
import org.securechat.http.call.QueryReader;
import org.securechat.http.call.SignedCalls;

/** Conversations, who is in them, and the epochs of their keys. */
@Path("api")
public final class ConversationResource {
  private static final long DEFAULT_LIMIT = 50;

  private final Conversations conversations;
  private final SignedCalls calls;
  private final LargeAnswers large;
  private final int maxKeysBodyBytes;

  /**
   * Made once, for all requests.
   *
   * @param maxKeysBodyBytes the largest body with keys for all members
   */
  public ConversationResource(
      Conversations conversations, SignedCalls calls, LargeAnswers large, int maxKeysBodyBytes) {
    this.conversations = conversations;
    this.calls = calls;
    this.large = large;
    this.maxKeysBodyBytes = maxKeysBodyBytes;
  }

  @POST
  @Path("conversations")
  public Response start(
      @Context ContainerRequestContext request, @Context CloseableService requestEnd) {
    ConversationView started =
        withKeys(
            request,
            call -> {
              ConversationForms.Start form = ConversationForms.start(call.data());
              return conversations
                  .start()
                  .start(call.caller(), form.group(), form.name(), form.epoch());
            });
    return answer(request, requestEnd, 201, started);
  }

  @GET
  @Path("conversations")
  public Response list(
      @Context ContainerRequestContext request, @Context CloseableService requestEnd) {
    Caller caller = reader(request);
    QueryReader query = new QueryReader(request);
    Field<Optional<String>> cursor = query.optional("cursor", ListConversations::requireCursor);
    Field<Long> limit = query.integer("limit", 1, ListConversations.MAX_LIMIT, DEFAULT_LIMIT);
    query.requireNoFault();
    ConversationPage page = conversations.list().list(caller, cursor.get(), limit.get().intValue());
    return large.json(
        request,
        requestEnd,
        200,
        page.conversations().stream().mapToLong(ConversationAnswers::size).sum(),
        ConversationAnswers.page(page));
  }

  @GET
  @Path("conversations/{id}")
  public Response read(
      @Context ContainerRequestContext request,
      @Context CloseableService requestEnd,
      @PathParam("id") String id) {
    Caller caller = reader(request);
    return answer(request, requestEnd, 200, conversations.read().read(caller, idOf(id)));
  }

  @POST
  @Path("conversations/{id}/join")
  public Response join(
      @Context ContainerRequestContext request,
      @Context CloseableService requestEnd,
      @PathParam("id") String id) {
    SignedCaller caller = writer(request);
    return answer(request, requestEnd, 200, conversations.join().join(caller, idOf(id)));
  }

  @POST
  @Path("conversations/{id}/leave")
  public Response leave(@Context ContainerRequestContext request, @PathParam("id") String id) {
    SignedCaller caller = writer(request);
    conversations.leave().leave(caller, idOf(id));
    return Answers.json(200, Answers.message("Conversation left")).build();
  }

  @POST
  @Path("conversations/{id}/epochs")
  public Response startEpoch(
      @Context ContainerRequestContext request,
      @Context CloseableService requestEnd,
      @PathParam("id") String id) {
    ConversationView changed =
        withKeys(
            request,
            call -> {
              ConversationForms.NextEpoch form = ConversationForms.nextEpoch(call.data());
              return conversations
                  .startEpoch()
                  .start(call.caller(), idOf(id), form.number(), form.name(), form.epoch());
            });
    return answer(request, requestEnd, 201, changed);
  }

  @GET
  @Path("conversations/{id}/epochs")
  public Response listEpochs(
      @Context ContainerRequestContext request,
      @Context CloseableService requestEnd,
      @PathParam("id") String id) {
    Caller caller = reader(request);
    QueryReader query = new QueryReader(request);
    Field<Long> from = query.integer("from", 0, ExactInteger.MAX, 0);
    Field<Long> limit = query.integer("limit", 1, ListEpochs.MAX_LIMIT, DEFAULT_LIMIT);
    query.requireNoFault();
    ConversationKeyStore.Epochs epochs =
        conversations.listEpochs().list(caller, idOf(id), from.get(), limit.get().intValue());
    return large.json(
        request,
        requestEnd,
        200,
        ConversationAnswers.size(epochs),
        ConversationAnswers.epochs(epochs));
  }

  private Response answer(
      ContainerRequestContext request,
      CloseableService requestEnd,
      int status,
      ConversationView view) {
    return large.json(
        request,
        requestEnd,
        status,
        ConversationAnswers.size(view),
        ConversationAnswers.conversation(view));
  }

  private <T> T withKeys(
      ContainerRequestContext request, Function<SignedCalls.Verified, T> change) {
    return calls.authenticateLarge(
        request, SignatureRule.BOUND_ONCE, Access.FULL_SESSIONS, maxKeysBodyBytes, change);
  }

  private SignedCaller writer(ContainerRequestContext request) {
    return calls.authenticate(request, SignatureRule.BOUND_ONCE, Access.FULL_SESSIONS).caller();
  }

  private Caller reader(ContainerRequestContext request) {
    return calls
        .authenticate(request, SignatureRule.BOUND_REPEATABLE, Access.FULL_SESSIONS)
        .caller()
        .caller();
  }

  private static ConversationId idOf(String segment) {
    return PathIds.read(segment, ConversationId::new);
  }
}
