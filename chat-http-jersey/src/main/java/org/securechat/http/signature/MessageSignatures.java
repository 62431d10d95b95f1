package org.securechat.http.signature;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.ListElement;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.request.SignedRequest;

/**
 * Reads the signature of an HTTP message. Whatever is not in the profile gives a request that does
 * not verify, so that its answer has its place in the order of checks; the signed time is judged
 * wherever it can be read.
 */
public final class MessageSignatures {
  /** The field whose presence says that a request is signed by this scheme. */
  public static final String INPUT_FIELD = "Signature-Input";

  private static final String CONTENT_DIGEST = "content-digest";

  private MessageSignatures() {}

  /** Reads what is to be verified; refuses nothing itself. */
  public static SignedRequest read(SignedMessage message) {
    Optional<SignatureInput> read =
        message.onlyLine("signature-input").flatMap(SignatureInput::read);
    Optional<Instant> created = read.flatMap(SignatureInput::created);
    if (read.isEmpty() || created.isEmpty()) {
      return SignedRequest.unverifiable(Optional.empty());
    }
    SignatureInput input = read.get();
    Optional<Signature> signature =
        message.onlyLine("signature").flatMap(MessageSignatures::signature);
    Optional<Sha256> keyId = input.keyId();
    Optional<String> base =
        input
            .components()
            .filter(components -> coversEnough(components, message))
            .flatMap(components -> SignatureBase.of(components, input.text(), message));
    if (signature.isEmpty() || keyId.isEmpty() || base.isEmpty() || !isContentRight(message)) {
      return SignedRequest.unverifiable(created);
    }
    return SignedRequest.ofMessage(
        base.get().getBytes(StandardCharsets.US_ASCII),
        signature.get(),
        created.get(),
        keyId.get());
  }

  /**
   * Reads what is to be verified of a request whose body is still to come: the digest that is
   * signed stands for it, and is the request's {@link SignedRequest#requireClaimedContent}.
   *
   * @param message its content is not looked at
   */
  public static SignedRequest readStreamed(SignedMessage message) {
    return digest(message)
        .map(claimed -> read(message.withContent(claimed)).claiming(claimed))
        .orElseGet(() ->
            SignedRequest.unverifiable(
                message
                    .onlyLine("signature-input")
                    .flatMap(SignatureInput::read)
                    .flatMap(SignatureInput::created)));
  }

  private static boolean coversEnough(List<String> components, SignedMessage message) {
    return components.contains("@method")
        && components.contains("@path")
        && components.contains("@query") == message.query().isPresent()
        && components.contains(CONTENT_DIGEST) == message.content().isPresent();
  }

  /** Whether the body is the one that was signed. */
  private static boolean isContentRight(SignedMessage message) {
    return message.content().isEmpty() || digest(message).equals(message.content());
  }

  /**
   * The announced digest of the body (RFC 9530, section 2). Digests by other algorithms may stand
   * beside the one by SHA-256; they are signed, and not looked at.
   */
  private static Optional<Sha256> digest(SignedMessage message) {
    return message
        .field(CONTENT_DIGEST)
        .flatMap(StructuredDictionary::read)
        .map(digests -> digests.get("sha-256"))
        .flatMap(MessageSignatures::bytes)
        .filter(announced -> announced.length == Sha256.LENGTH)
        .map(Sha256::copyOf);
  }

  private static Optional<Signature> signature(String field) {
    return StructuredDictionary.readOnly(SignatureInput.LABEL, field)
        .flatMap(MessageSignatures::bytes)
        .filter(bytes -> bytes.length == Signature.LENGTH)
        .map(Signature::copyOf);
  }

  private static Optional<byte[]> bytes(ListElement<?> element) {
    if (element instanceof ByteSequenceItem sequence && sequence.getParams().isEmpty()) {
      ByteBuffer buffer = sequence.get();
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return Optional.of(bytes);
    }
    return Optional.empty();
  }
}
