package org.securechat.http.answer;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Builds answers. */
public final class Answers {
  private Answers() {}

  /** An answer with a JSON body. */
  public static Response.ResponseBuilder json(int status, JsonAnswer body) {
    return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(Json.bytes(body));
  }

  /** A body that holds a sentence only. */
  public static JsonAnswer message(String sentence) {
    return json -> {
      json.writeStartObject();
      json.writeStringField("message", sentence);
      json.writeEndObject();
    };
  }
}
