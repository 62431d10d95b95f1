package org.securechat.http.call;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.securechat.domain.identity.Sha256;
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
import org.securechat.http.signature.MessageSignatures;
import org.securechat.http.signature.SignatureScheme;
import org.securechat.http.signature.SignedMessage;

/**
 * Reads signed requests: the one way for a resource to get at what was sent. Framing is judged
 * here, everything else by the domain.
 */
public final class SignedCalls {
  /** Where the envelope stands when there is no JSON body. */
  static final String ENVELOPE_HEADER = "X-Signature-Data";

  private final AuthenticateCaller authenticate;
  private final RequestLimit limit;
  private final int maxBodyBytes;
  private final BodyReader bodies;
  private final Set<SignatureScheme> schemes;
  private final String ownScheme;

  /**
   * Made once, for all requests.
   *
   * @param limit what each signed-in user may ask for
   * @param maxBodyBytes the largest body that is read
   * @param schemes the ways to sign that are read; what is signed otherwise does not verify
   * @param ownScheme {@code http} or {@code https}, as clients see the server
   */
  public SignedCalls(
      AuthenticateCaller authenticate,
      RequestLimit limit,
      int maxBodyBytes,
      Set<SignatureScheme> schemes,
      String ownScheme) {
    this.authenticate = authenticate;
    this.limit = limit;
    this.maxBodyBytes = maxBodyBytes;
    this.schemes = schemes;
    this.ownScheme = ownScheme;
    this.bodies = new BodyReader(maxBodyBytes);
  }

  /**
   * A request whose signature the use case verifies, because it alone knows who should have signed.
   */
  public record Unverified(SignedRequest request, JsonObject data) {}

  /** A request that its session's user has signed. */
  public record Verified(SignedCaller caller, JsonObject data) {}

  /** A body that is data and nothing else, with its digest. */
  private record BareBody(JsonObject data, Optional<Sha256> digest) {
    static final BareBody NONE = new BareBody(JsonObject.empty(), Optional.empty());

    static BareBody of(byte[] body) {
      return new BareBody(
          EnvelopeReader.readObject(body, 0, body.length), Optional.of(Sha256.of(body)));
    }
  }

  /**
   * Reads a request of somebody who need not be signed in. A field {@code Signature-Input} decides
   * for the one scheme and its absence for the other: what came of the other is not looked at.
   */
  public Unverified read(ContainerRequestContext request) {
    return request.getHeaders().containsKey(MessageSignatures.INPUT_FIELD)
        ? readMessage(request)
        : readEnvelope(request);
  }

  private Unverified readEnvelope(ContainerRequestContext request) {
    SignedBody body =
        hasBody(request)
            ? readBody(request, bytes -> EnvelopeReader.read(bytes, 0, bytes.length))
            : readHeader(request);
    SignedRequest signed =
        schemes.contains(SignatureScheme.ENVELOPE)
            ? SignedRequest.of(body.envelope(), lineOf(request))
            : SignedRequest.unverifiable(Optional.empty());
    return new Unverified(signed, body.data());
  }

  private Unverified readMessage(ContainerRequestContext request) {
    BareBody body = hasBody(request) ? readBody(request, BareBody::of) : BareBody.NONE;
    SignedRequest signed =
        schemes.contains(SignatureScheme.RFC9421)
            ? MessageSignatures.read(
                new SignedMessage(
                    lineOf(request),
                    ownScheme,
                    name -> request.getHeaders().getOrDefault(name, List.of()),
                    body.digest()))
            : SignedRequest.unverifiable(Optional.empty());
    return new Unverified(signed, body.data());
  }

  /** Reads the bare data of a request that nobody signs. */
  public JsonObject readUnsigned(ContainerRequestContext request) {
    return readBody(request, body -> EnvelopeReader.readObject(body, 0, body.length));
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

  private <T> T readBody(ContainerRequestContext request, Function<byte[], T> parse) {
    requireJson(request);
    requireAnnouncedWithin(request);
    try {
      return bodies.read(request.getEntityStream(), parse);
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
