package org.securechat.benchmarks.prototype;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.domain.request.RequestLine;
import org.securechat.domain.request.SignedRequest;
import org.securechat.http.json.EnvelopeReader;
import org.securechat.http.json.SignedBody;

/**
 * Takes an envelope: its slices, their SHA-256, the signature, one row. Nobody is asked who they
 * are or what they may do.
 */
@Path(BareSendResource.PATH)
public final class BareSendResource {
  static final String PATH = "send";

  private static final byte[] STORED = "{\"id\":1}".getBytes(StandardCharsets.US_ASCII);

  private final IdentityKey sender;
  private final SignatureVerifier verifier;
  private final BareAppends appends;

  BareSendResource(IdentityKey sender, SignatureVerifier verifier, BareAppends appends) {
    this.sender = sender;
    this.verifier = verifier;
    this.appends = appends;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response send(byte[] envelope) {
    SignedBody body = EnvelopeReader.read(envelope, 0, envelope.length);
    SignedRequest request = SignedRequest.of(body.envelope(), new RequestLine("POST", "/" + PATH));
    try {
      verifier.verify(sender, request.message(), request.signature().orElseThrow());
    } catch (SignatureException e) {
      return Response.status(Response.Status.UNAUTHORIZED).build();
    }
    appends.append(1, Base64Text.decode(body.data().string("ciphertext").orElseThrow()));
    return Response.status(Response.Status.CREATED)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(STORED)
        .build();
  }
}
