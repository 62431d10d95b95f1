package org.securechat.http;

import java.time.Clock;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.securechat.domain.ChatSettings;
import org.securechat.domain.SecureChat;
import org.securechat.http.account.AccountResource;
import org.securechat.http.account.CredentialResource;
import org.securechat.http.account.KeylessLoginResource;
import org.securechat.http.account.ProfileResource;
import org.securechat.http.account.SessionResource;
import org.securechat.http.account.UserResource;
import org.securechat.http.answer.HeapBudget;
import org.securechat.http.answer.LargeAnswers;
import org.securechat.http.answer.ProblemMapper;
import org.securechat.http.call.ClientInfos;
import org.securechat.http.call.RequestLimit;
import org.securechat.http.call.SentMethod;
import org.securechat.http.call.SessionCookie;
import org.securechat.http.call.SignedCalls;
import org.securechat.http.conversation.ConversationResource;
import org.securechat.http.file.FileResource;
import org.securechat.http.sync.SyncResource;
import org.securechat.http.timeline.TimelineResource;

/**
 * The API as JAX-RS instances, made by hand: register them with the Jersey application of your
 * choice, beside resources of your own. It expects Grizzly under it, which tells the peer's
 * address.
 */
public final class ChatApi {
  private final Set<Object> instances;

  /**
   * Makes the API.
   *
   * @param settings those that {@code chat} was made with
   * @param databaseAnswers what {@code /health} asks; answers within 2 seconds
   */
  public ChatApi(
      SecureChat chat,
      ChatSettings settings,
      HttpSettings http,
      RequestLimit requestsPerUser,
      BooleanSupplier databaseAnswers,
      Clock clock) {
    SignedCalls calls =
        new SignedCalls(
            chat.authenticateCaller(),
            requestsPerUser,
            http.maxBodyBytes(),
            http.schemes(),
            http.ownScheme());
    ClientInfos clients = new ClientInfos(http.trustedProxies());
    SessionCookie cookie = new SessionCookie(http.secureCookies(), settings.sessions().lifetime());
    LargeAnswers large =
        new LargeAnswers(
            new HeapBudget(HeapBudget.DEFAULT_BYTES, "too much is held for slow clients"));
    HeapBudget waiting =
        new HeapBudget(HeapBudget.DEFAULT_BYTES, "too much is held for slow clients");
    instances =
        Set.of(
            new RequestIdFilter(),
            new SecurityHeadersFilter(clock),
            new SpellingFilter(),
            new SentMethod(),
            new BadHeadersFilter(),
            new CorsFilter(http.corsOrigins()),
            new OriginFilter(http),
            new ProblemMapper(),
            new RootResource(http.version()),
            new HealthResource(databaseAnswers),
            new OpenApiResource(),
            new AccountResource(chat, calls, clients, cookie, settings.registrations().lifetime()),
            new KeylessLoginResource(chat.accounts(), calls, clients),
            new CredentialResource(chat.accounts(), calls, clients, cookie),
            new SessionResource(chat, calls, cookie),
            new ProfileResource(chat.accounts(), chat.exportUser(), calls, clock),
            new UserResource(chat.accounts(), calls),
            new ConversationResource(chat.conversations(), calls, large, http.maxKeysBodyBytes()),
            new TimelineResource(chat.timeline(), calls, large, settings.timeline()),
            new FileResource(chat.files(), calls, settings.files().maxBytes()),
            new SyncResource(chat.sync(), calls, large, waiting));
  }

  /** Resources, filters and mappers, to be registered as they are. */
  public Set<Object> instances() {
    return instances;
  }
}
