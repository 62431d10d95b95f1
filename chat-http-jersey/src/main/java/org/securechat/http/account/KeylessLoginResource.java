package org.securechat.http.account;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.glassfish.grizzly.http.server.Request;
import org.securechat.domain.account.Accounts;
import org.securechat.domain.account.ReleasedKey;
import org.securechat.http.answer.Answers;
import org.securechat.http.call.ClientInfos;
import org.securechat.http.call.SignedCalls;
import org.securechat.http.json.JsonObject;

/** What a device that has no key yet asks; nobody signs for it. */
@Path("api")
public final class KeylessLoginResource {
  private final Accounts accounts;
  private final SignedCalls calls;
  private final ClientInfos clients;

  public KeylessLoginResource(Accounts accounts, SignedCalls calls, ClientInfos clients) {
    this.accounts = accounts;
    this.calls = calls;
    this.clients = clients;
  }

  @POST
  @Path("login/params")
  public Response params(@Context ContainerRequestContext request) {
    JsonObject data = calls.readUnsigned(request);
    return Answers.json(
            200, AccountAnswers.kdf(accounts.readKdf().read(AccountForms.accountName(data))))
        .build();
  }

  @POST
  @Path("login/key")
  public Response key(@Context ContainerRequestContext request, @Context Request connection) {
    JsonObject data = calls.readUnsigned(request);
    ReleasedKey released =
        accounts
            .releaseKey()
            .release(AccountForms.keylessLogin(data), clients.of(request, connection).address());
    return Answers.json(200, AccountAnswers.released(released)).build();
  }
}
