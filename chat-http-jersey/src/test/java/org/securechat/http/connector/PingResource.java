package org.securechat.http.connector;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;

@Path("/")
@Produces(MediaType.TEXT_PLAIN)
public final class PingResource {
  final CountDownLatch entered = new CountDownLatch(1);
  final CountDownLatch released = new CountDownLatch(1);

  @GET
  @Path("ping")
  public String ping() {
    return "pong";
  }

  @POST
  @Path("echo")
  public byte[] echo(InputStream body) throws IOException {
    entered.countDown();
    return body.readAllBytes();
  }

  @POST
  @Path("ignore")
  public String ignore() {
    return "ignored";
  }

  @GET
  @Path("wait")
  public String await() throws InterruptedException {
    entered.countDown();
    released.await();
    return "waited";
  }

  @GET
  @Path("fail")
  public String fail() {
    throw new IllegalStateException("secret text");
  }
}
