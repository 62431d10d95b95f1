package org.securechat.testkit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.account.EncryptedPrivateKey;
import org.securechat.domain.account.EncryptionIv;
import org.securechat.domain.account.KdfParameters;
import org.securechat.domain.account.Profile;
import org.securechat.domain.account.Registration;
import org.securechat.domain.account.RegistrationForm;
import org.securechat.domain.credential.PasswordHash;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Username;
import org.securechat.domain.request.Envelope;
import org.securechat.domain.request.RequestContext;
import org.securechat.domain.request.RequestLine;
import org.securechat.domain.request.SignedRequest;

/** Somebody with a name and a real Ed25519 key, who signs requests as a client does. Immutable. */
public final class TestUser {
  private static final int SPKI_PREFIX = 12;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String name;
  private final KeyPair keys;

  private TestUser(String name, KeyPair keys) {
    this.name = name;
    this.keys = keys;
  }

  /** Somebody with a fresh key; the name is also the first part of the address. */
  public static TestUser named(String name) {
    try {
      return new TestUser(name, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public String name() {
    return name;
  }

  public String email() {
    return name + "@example.org";
  }

  /** 64 hex digits that depend on the name only. */
  public String passwordHash() {
    return Sha256.of(("password of " + name).getBytes(StandardCharsets.UTF_8)).toHex();
  }

  public IdentityKey identityKey() {
    byte[] spki = keys.getPublic().getEncoded();
    return IdentityKey.copyOf(Arrays.copyOfRange(spki, SPKI_PREFIX, spki.length));
  }

  public Profile profile() {
    return new Profile(
        new Username(name),
        new EmailAddress(email()),
        identityKey(),
        new EncryptionIv("00112233445566778899aabb"),
        KdfParameters.ORIGINAL,
        Optional.empty());
  }

  public EncryptedPrivateKey encryptedPrivateKey() {
    return EncryptedPrivateKey.copyOf(
        ("opaque private key of " + name).getBytes(StandardCharsets.UTF_8));
  }

  /** A registration with everything in form. */
  public RegistrationForm registrationForm() {
    Registration registration =
        new Registration(profile(), PasswordHash.parse(passwordHash()), encryptedPrivateKey());
    return new RegistrationForm(this::identityKey, () -> registration);
  }

  /** Signs bytes with the identity key. */
  public org.securechat.domain.identity.Signature sign(byte[] message) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(keys.getPrivate());
      signer.update(message);
      return org.securechat.domain.identity.Signature.copyOf(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The hex signature of an envelope with this data and timestamp, both as JSON without white
   * space.
   */
  public String signEnvelope(String data, String timestamp) {
    String signed = "{\"data\":" + data + ",\"timestamp\":" + timestamp + "}";
    return sign(Sha256.of(signed.getBytes(StandardCharsets.UTF_8)).toByteArray()).toHex();
  }

  /** The text of a whole envelope. */
  public String envelope(String data, Instant signedAt) {
    String timestamp = Long.toString(signedAt.getEpochSecond());
    return "{\"data\":"
        + data
        + ",\"signature\":\""
        + signEnvelope(data, timestamp)
        + "\",\"timestamp\":"
        + timestamp
        + "}";
  }

  /** A signed request without context, as the original's clients send them. */
  public SignedRequest request(String data, Instant signedAt) {
    return request(data, signedAt, new RequestLine("POST", "/api/any"), null);
  }

  /** A signed request whose data is said to hold this context. */
  public SignedRequest request(
      String data, Instant signedAt, RequestLine line, @Nullable RequestContext context) {
    String timestamp = Long.toString(signedAt.getEpochSecond());
    Envelope envelope =
        new Envelope(
            signEnvelope(data, timestamp),
            timestamp,
            Envelope.DataText.wrap(data.getBytes(StandardCharsets.UTF_8)),
            context);
    return SignedRequest.of(envelope, line);
  }

  /** SHA-256 of the identity key's SubjectPublicKeyInfo. */
  public Sha256 keyId() {
    return Sha256.of(keys.getPublic().getEncoded());
  }

  /**
   * The header fields, by name, of a request that is signed as an HTTP message (RFC 9421) with a
   * fresh nonce.
   *
   * @param body null for a request of a kind that has none
   */
  public Map<String, String> signMessage(RequestLine line, @Nullable String body, Instant created) {
    return signMessage(line, created, body == null ? null : contentDigest(body));
  }

  /** The same of a request whose body is bytes with this digest. */
  public Map<String, String> signStream(RequestLine line, Sha256 body, Instant created) {
    return signMessage(line, created, contentDigest(body));
  }

  private Map<String, String> signMessage(
      RequestLine line, Instant created, @Nullable String digest) {
    Map<String, String> fields = new LinkedHashMap<>();
    Map<String, String> covered = new LinkedHashMap<>();
    covered.put("@method", line.method());
    covered.put("@path", line.target().replaceFirst("\\?.*", ""));
    if (line.target().contains("?")) {
      covered.put("@query", line.target().substring(line.target().indexOf('?')));
    }
    if (digest != null) {
      fields.put("Content-Digest", digest);
      covered.put("content-digest", digest);
    }
    String parameters =
        covered.keySet().stream()
                .map(component -> '"' + component + '"')
                .collect(Collectors.joining(" ", "(", ")"))
            + messageParameters(created);
    String base =
        covered.entrySet().stream()
            .map(component -> '"' + component.getKey() + "\": " + component.getValue() + "\n")
            .collect(Collectors.joining("", "", "\"@signature-params\": " + parameters));
    fields.put("Signature-Input", "sig1=" + parameters);
    fields.put("Signature", signatureField(base));
    return fields;
  }

  /** The parameters of a message signature, with a fresh nonce. */
  public String messageParameters(Instant created) {
    byte[] nonce = new byte[16];
    RANDOM.nextBytes(nonce);
    return ";created=%d;nonce=\"%s\";keyid=\"%s\";alg=\"ed25519\""
        .formatted(created.getEpochSecond(), Base64Text.encode(nonce), keyId().toHex());
  }

  /** The field {@code Signature} with a signature over this base. */
  public String signatureField(String base) {
    byte[] signature = sign(base.getBytes(StandardCharsets.US_ASCII)).toByteArray();
    return "sig1=:" + Base64Text.encode(signature) + ":";
  }

  /** The field {@code Content-Digest} of a body (RFC 9530). */
  public static String contentDigest(String body) {
    return contentDigest(Sha256.of(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static String contentDigest(Sha256 digest) {
    return "sha-256=:" + Base64Text.encode(digest.toByteArray()) + ":";
  }

  /** A request with this signature base, signed as an HTTP message. */
  public SignedRequest messageRequest(String base, Instant created) {
    byte[] text = base.getBytes(StandardCharsets.US_ASCII);
    return SignedRequest.ofMessage(text, sign(text), created, keyId());
  }

  /** The name and the key's first digits. */
  @Override
  public String toString() {
    byte[] head = Arrays.copyOf(identityKey().toByteArray(), 4);
    return "TestUser[" + name + ", " + HexFormat.of().formatHex(head) + "…]";
  }
}
