package org.securechat.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.function.BooleanSupplier;
import org.securechat.http.answer.Answers;

/** {@code /health}: whether the server and its database answer. */
@Path("health")
public final class HealthResource {
  private final BooleanSupplier databaseAnswers;

  HealthResource(BooleanSupplier databaseAnswers) {
    this.databaseAnswers = databaseAnswers;
  }

  @GET
  public Response health() {
    return status(databaseAnswers.getAsBoolean());
  }

  /** Whether it can take requests; asks the database, as {@code /health} does. */
  @GET
  @Path("ready")
  public Response ready() {
    return health();
  }

  /** Whether the process lives at all; asks nothing. */
  @GET
  @Path("live")
  public Response live() {
    return status(true);
  }

  private static Response status(boolean healthy) {
    return Answers.json(
            healthy ? 200 : 503,
            json -> {
              json.writeStartObject();
              json.writeStringField("status", healthy ? "healthy" : "unhealthy");
              json.writeEndObject();
            })
        .build();
  }
}
