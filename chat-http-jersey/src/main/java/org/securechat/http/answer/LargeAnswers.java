package org.securechat.http.answer;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import org.glassfish.jersey.server.CloseableService;
import org.securechat.http.connector.SteadyTransfer;

/**
 * Answers with much JSON in them: written piece by piece as their receiver takes them, never as one
 * text. Until then what they are made of counts. Safe for use by many threads.
 */
public final class LargeAnswers {
  /** What the connection gets at a time: each piece takes a system call of its own. */
  private static final int PIECE_BYTES = 32 * 1024;

  private final HeapBudget budget;

  /** Made once, for all requests. */
  public LargeAnswers(HeapBudget budget) {
    this.budget = budget;
  }

  /**
   * An answer with a JSON body.
   *
   * @param request what is answered
   * @param end closes what it is given when the request has ended, however it does
   * @param size about how many bytes of the heap the answer is made of
   * @param body writes what is in memory already: when it is asked to, the status may be out
   */
  public Response json(
      ContainerRequestContext request,
      CloseableService end,
      int status,
      long size,
      JsonAnswer body) {
    end.add(budget.hold(size));
    StreamingOutput entity =
        out ->
            Json.write(
                body, new BufferedOutputStream(SteadyTransfer.download(request, out), PIECE_BYTES));
    return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(entity).build();
  }
}
