package org.securechat.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.securechat.http.answer.Answers;
import org.securechat.http.answer.JsonAnswer;

/** {@code GET /}: says what answers here; a browser is sent to the web client. */
@Path("/")
public final class RootResource {
  private static final byte[] NO_WEB_CLIENT =
      """
      <!DOCTYPE html>
      <html lang="en">
      <meta charset="utf-8">
      <title>Secure Chat</title>
      <h1>Secure Chat</h1>
      <p>This server has no web client. Its API is running; ask <code>GET /</code> for JSON.</p>
      </html>
      """
          .getBytes(StandardCharsets.UTF_8);

  private final String version;

  RootResource(String version) {
    this.version = version;
  }

  @GET
  public Response describe(@Context ContainerRequestContext request) {
    if (prefersHtml(request)) {
      return Response.seeOther(URI.create("/app/")).header(HttpHeaders.VARY, "Accept").build();
    }
    JsonAnswer description =
        json -> {
          json.writeStartObject();
          json.writeStringField("status", "online");
          json.writeStringField("message", "Secure Chat API");
          json.writeStringField("version", version);
          json.writeObjectFieldStart("endpoints");
          json.writeStringField("register", "POST /api/register");
          json.writeStringField("verify_2fa", "POST /api/register/verify-2fa");
          json.writeStringField("login", "POST /api/login");
          json.writeStringField("logout", "POST /api/logout");
          json.writeStringField("me", "POST /api/me");
          json.writeStringField("login_params", "POST /api/login/params");
          json.writeStringField("login_key", "POST /api/login/key");
          json.writeStringField("sessions", "GET /api/sessions");
          json.writeStringField("password", "POST /api/password");
          json.writeStringField("reset_2fa", "POST /api/2fa/reset");
          json.writeStringField("encryption_key", "POST /api/me/encryption-key");
          json.writeStringField("export", "GET /api/me/export");
          json.writeStringField("delete", "POST /api/me/delete");
          json.writeStringField("users", "GET /api/users/{username}");
          json.writeStringField("blocks", "GET /api/blocks");
          json.writeStringField("conversations", "GET /api/conversations");
          json.writeStringField("messages", "GET /api/conversations/{id}/messages");
          json.writeStringField("files", "GET /api/files/{id}");
          json.writeStringField("sync", "POST /api/sync");
          json.writeStringField("health", "GET /health");
          json.writeEndObject();
          json.writeEndObject();
        };
    return Answers.json(200, description).header(HttpHeaders.VARY, "Accept").build();
  }

  @GET
  @Path("app/")
  public Response webClient() {
    return Response.ok(NO_WEB_CLIENT, MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
        .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .build();
  }

  private static boolean prefersHtml(ContainerRequestContext request) {
    return request.getAcceptableMediaTypes().stream()
        .filter(type -> !type.isWildcardType())
        .findFirst()
        .filter(MediaType.TEXT_HTML_TYPE::isCompatible)
        .isPresent();
  }
}
