package org.securechat.http.call;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
import org.securechat.http.connector.SteadyTransfer;
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
   * @param maxBodyBytes the largest body that is read, where a call doesn't say otherwise
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
    this.bodies = new BodyReader();
  }

  /**
   * A request whose signature the use case verifies, because it alone knows who should have signed.
   */
  public record Unverified(SignedRequest request, JsonObject data) {}

  /** A request that its session's user has signed. */
  public record Verified(SignedCaller caller, JsonObject data) {}

  /**
   * A request that its session's user has signed, with a body that is still to be read.
   *
   * @param data what was signed with the request; empty when it was signed as an HTTP message
   * @param claimedDigest what the signature says the body's SHA-256 is. Whoever reads the body
   *     compares it at the end, keeps nothing of a body that has another, and refuses it with
   *     INVALID_SIGNATURE
   * @param body the bytes as they arrive; ends with a 413 when there are too many, a 408 or 400
   *     when they don't arrive
   * @param announcedLength within the limit; empty when the client doesn't say
   */
  public record VerifiedStream(
      SignedCaller caller,
      JsonObject data,
      Sha256 claimedDigest,
      InputStream body,
      OptionalLong announcedLength) {}

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
    return read(request, maxBodyBytes, Function.identity());
  }

  private <T> T read(ContainerRequestContext request, int maxBytes, Function<Unverified, T> use) {
    Function<byte[], Unverified> parse =
        isMessage(request)
            ? body -> messageOf(request, BareBody.of(body))
            : body -> envelopeOf(request, EnvelopeReader.read(body, 0, body.length));
    if (hasBody(request)) {
      return readBody(request, maxBytes, parse, use);
    }
    return use.apply(
        isMessage(request)
            ? messageOf(request, BareBody.NONE)
            : envelopeOf(request, readHeader(request)));
  }

  private static boolean isMessage(ContainerRequestContext request) {
    return request.getHeaders().containsKey(MessageSignatures.INPUT_FIELD);
  }

  private Unverified envelopeOf(ContainerRequestContext request, SignedBody body) {
    SignedRequest signed =
        schemes.contains(SignatureScheme.ENVELOPE)
            ? SignedRequest.of(body.envelope(), lineOf(request))
            : SignedRequest.unverifiable(Optional.empty());
    return new Unverified(signed, body.data());
  }

  private Unverified messageOf(ContainerRequestContext request, BareBody body) {
    SignedRequest signed =
        schemes.contains(SignatureScheme.RFC9421)
            ? MessageSignatures.read(signedMessage(request, body.digest()))
            : SignedRequest.unverifiable(Optional.empty());
    return new Unverified(signed, body.data());
  }

  private SignedMessage signedMessage(ContainerRequestContext request, Optional<Sha256> content) {
    return new SignedMessage(
        lineOf(request),
        ownScheme,
        name -> request.getHeaders().getOrDefault(name, List.of()),
        content);
  }

  /** Reads the bare data of a request that nobody signs. */
  public JsonObject readUnsigned(ContainerRequestContext request) {
    return readBody(
        request,
        maxBodyBytes,
        body -> EnvelopeReader.readObject(body, 0, body.length),
        Function.identity());
  }

  /** Reads a request of somebody signed in, verifies it and counts it. */
  public Verified authenticate(ContainerRequestContext request, SignatureRule rule, Access access) {
    return verified(request, read(request), rule, access);
  }

  /**
   * Like {@link #authenticate}, for a request whose body may be larger than others.
   *
   * @param maxBytes the largest body that is read
   * @param use answers the request; until it is done, the body counts among all that are held, so
   *     it is to keep nothing of the data
   */
  public <T> T authenticateLarge(
      ContainerRequestContext request,
      SignatureRule rule,
      Access access,
      int maxBytes,
      Function<Verified, T> use) {
    return read(
        request, maxBytes, unverified -> use.apply(verified(request, unverified, rule, access)));
  }

  private Verified verified(
      ContainerRequestContext request, Unverified unverified, SignatureRule rule, Access access) {
    return new Verified(verify(request, unverified.request(), rule, access), unverified.data());
  }

  private SignedCaller verify(
      ContainerRequestContext request, SignedRequest signed, SignatureRule rule, Access access) {
    SignedCaller caller =
        authenticate.authenticate(signed, SessionCookie.read(request), rule, access);
    limit.charge(caller.caller().session().user());
    return caller;
  }

  /**
   * Verifies a request whose body is bytes, of somebody signed in, and counts it. Nothing of the
   * body is read here; from here on it may take as long as its peer keeps a pace.
   *
   * @param rule one that wants the context, which has the body's digest
   * @param maxBytes the largest body
   * @throws ProblemException with 415 for a body of another type than {@code
   *     application/octet-stream}, 413 if it is announced to be too large
   */
  public VerifiedStream authenticateStream(
      ContainerRequestContext request, SignatureRule rule, Access access, long maxBytes) {
    requireBytes(request);
    OptionalLong announced = requireAnnouncedWithin(request, maxBytes);
    Unverified unverified = readStreamed(request);
    SignedCaller caller = verify(request, unverified.request(), rule, access);
    Sha256 claimed = unverified.request().requireClaimedContent();
    SteadyTransfer.upload(request);
    return new VerifiedStream(
        caller,
        unverified.data(),
        claimed,
        new BoundedBody(request.getEntityStream(), maxBytes),
        announced);
  }

  private Unverified readStreamed(ContainerRequestContext request) {
    if (isMessage(request)) {
      return new Unverified(
          schemes.contains(SignatureScheme.RFC9421)
              ? MessageSignatures.readStreamed(signedMessage(request, Optional.empty()))
              : SignedRequest.unverifiable(Optional.empty()),
          JsonObject.empty());
    }
    SignedBody header = readHeader(request);
    return new Unverified(
        schemes.contains(SignatureScheme.ENVELOPE)
            ? SignedRequest.ofStreamed(header.envelope(), lineOf(request))
            : SignedRequest.unverifiable(Optional.empty()),
        header.data());
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

  private <P, T> T readBody(
      ContainerRequestContext request,
      int maxBytes,
      Function<byte[], P> parse,
      Function<P, T> use) {
    requireJson(request);
    // Less room is taken for a body that says it is small; the connector holds it to that.
    int bound = (int) requireAnnouncedWithin(request, maxBytes).orElse(maxBytes);
    try {
      return bodies.read(request.getEntityStream(), bound, parse, use);
    } catch (IOException e) {
      throw new ProblemException(Problem.ofStatus(400));
    }
  }

  private static void requireJson(ContainerRequestContext request) {
    MediaType type = request.getMediaType();
    String charset = type == null ? null : type.getParameters().get(MediaType.CHARSET_PARAMETER);
    if (type == null
        || !type.getType().equalsIgnoreCase("application")
        || !type.getSubtype().equalsIgnoreCase("json")
        || (charset != null && !charset.equalsIgnoreCase(StandardCharsets.UTF_8.name()))
        || isEncoded(request)) {
      throw new ProblemException(Problem.ofStatus(415));
    }
  }

  /** Bytes without a type are bytes. */
  private static void requireBytes(ContainerRequestContext request) {
    MediaType type = request.getMediaType();
    boolean bytes =
        type == null
            || (type.getType().equalsIgnoreCase("application")
                && type.getSubtype().equalsIgnoreCase("octet-stream"));
    if (!bytes || isEncoded(request)) {
      throw new ProblemException(
          Problem.of(415, "unsupported_media_type", "The body must be application/octet-stream"));
    }
  }

  private static boolean isEncoded(ContainerRequestContext request) {
    String encoding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
    return encoding != null && !encoding.equalsIgnoreCase("identity");
  }

  /** A body that says it is too large need not be read to know it. */
  private static OptionalLong requireAnnouncedWithin(
      ContainerRequestContext request, long maxBytes) {
    // Jersey's own getter ends where integers do; the connector lets digits through only.
    String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    if (length == null) {
      return OptionalLong.empty();
    }
    long announced = Long.parseLong(length);
    if (announced > maxBytes) {
      throw new ProblemException(Problem.ofStatus(413));
    }
    return OptionalLong.of(announced);
  }

  /**
   * Method and target exactly as sent; the connector has refused every target that a URI changes.
   */
  private static RequestLine lineOf(ContainerRequestContext request) {
    URI uri = request.getUriInfo().getRequestUri();
    String query = uri.getRawQuery();
    String target = query == null ? uri.getRawPath() : uri.getRawPath() + "?" + query;
    return new RequestLine(SentMethod.of(request), target);
  }
}
