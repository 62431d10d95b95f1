package org.securechat.http.call;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.request.RequestLine;
import org.securechat.domain.request.SignatureRule;
import org.securechat.domain.request.SignedRequest;
import org.securechat.domain.session.AuthenticateCaller;
import org.securechat.domain.session.AuthenticateCaller.Access;
import org.securechat.domain.session.SignedCaller;
import org.securechat.http.answer.Problem;
import org.securechat.http.answer.ProblemException;
import org.securechat.http.json.EnvelopeReader;
import org.securechat.http.json.JsonObject;
import org.securechat.http.json.SignedBody;

/**
 * Reads signed requests: the one way for a resource to get at what was sent. Framing is judged
 * here, everything else by the domain.
 */
public final class SignedCalls {
  /** Where the envelope stands when there is no JSON body. */
  static final String ENVELOPE_HEADER = "X-Signature-Data";

  private static final String OTHER_SCHEME = "Signature-Input";

  private final AuthenticateCaller authenticate;
  private final RequestLimit limit;
  private final int maxBodyBytes;
  private final BodyReader bodies;

  /**
   * Made once, for all requests.
   *
   * @param limit what each signed-in user may ask for
   * @param maxBodyBytes the largest body that is read
   */
  public SignedCalls(AuthenticateCaller authenticate, RequestLimit limit, int maxBodyBytes) {
    this.authenticate = authenticate;
    this.limit = limit;
    this.maxBodyBytes = maxBodyBytes;
    this.bodies = new BodyReader(maxBodyBytes);
  }

  /**
   * A request whose signature the use case verifies, because it alone knows who should have signed.
   */
  public record Unverified(SignedRequest request, JsonObject data) {}

  /** A request that its session's user has signed. */
  public record Verified(SignedCaller caller, JsonObject data) {}

  /** Reads a request of somebody who need not be signed in. */
  public Unverified read(ContainerRequestContext request) {
    if (request.getHeaderString(OTHER_SCHEME) != null) {
      // A message signature (RFC 9421) is not to be passed over for another that came with it.
      throw new ProblemException(
          Problem.of(
              401, Rejection.INVALID_SIGNATURE.code(), Rejection.INVALID_SIGNATURE.sentence()));
    }
    SignedBody body = hasBody(request) ? readBody(request) : readHeader(request);
    SignedRequest signed = SignedRequest.of(body.envelope(), lineOf(request));
    return new Unverified(signed, body.data());
  }

  /** Reads a request of somebody signed in, verifies it and counts it. */
  public Verified authenticate(ContainerRequestContext request, SignatureRule rule, Access access) {
    Unverified unverified = read(request);
    SignedCaller caller =
        authenticate.authenticate(unverified.request(), SessionCookie.read(request), rule, access);
    limit.charge(caller.caller().session().user());
    return new Verified(caller, unverified.data());
  }

  private static boolean hasBody(ContainerRequestContext request) {
    return switch (request.getMethod()) {
      case HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE -> false;
      default -> true;
    };
  }

  private static SignedBody readHeader(ContainerRequestContext request) {
    String header = request.getHeaderString(ENVELOPE_HEADER);
    return EnvelopeReader.readHeader(header == null ? "{}" : header);
  }

  private SignedBody readBody(ContainerRequestContext request) {
    requireJson(request);
    requireAnnouncedWithin(request);
    try {
      return bodies.read(
          request.getEntityStream(), body -> EnvelopeReader.read(body, 0, body.length));
    } catch (IOException e) {
      throw new ProblemException(Problem.ofStatus(400));
    }
  }

  private static void requireJson(ContainerRequestContext request) {
    MediaType type = request.getMediaType();
    String charset = type == null ? null : type.getParameters().get(MediaType.CHARSET_PARAMETER);
    String encoding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
    if (type == null
        || !type.getType().equalsIgnoreCase("application")
        || !type.getSubtype().equalsIgnoreCase("json")
        || (charset != null && !charset.equalsIgnoreCase(StandardCharsets.UTF_8.name()))
        || (encoding != null && !encoding.equalsIgnoreCase("identity"))) {
      throw new ProblemException(Problem.ofStatus(415));
    }
  }

  /** A body that says it is too large need not be read to know it. */
  private void requireAnnouncedWithin(ContainerRequestContext request) {
    // Jersey's own getter ends where integers do; the connector lets digits through only.
    String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    if (length != null && Long.parseLong(length) > maxBodyBytes) {
      throw new ProblemException(Problem.ofStatus(413));
    }
  }

  /**
   * Method and target exactly as sent; the connector has refused every target that a URI changes.
   */
  private static RequestLine lineOf(ContainerRequestContext request) {
    URI uri = request.getUriInfo().getRequestUri();
    String query = uri.getRawQuery();
    String target = query == null ? uri.getRawPath() : uri.getRawPath() + "?" + query;
    return new RequestLine(request.getMethod(), target);
  }
}
