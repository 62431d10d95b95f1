package org.securechat.http.signature;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.IntegerItem;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.StringItem;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.rejection.InvalidValueException;

/** The field {@code Signature-Input}: what a signature covers, and its parameters. */
final class SignatureInput {
  static final String LABEL = "sig1";

  private static final Set<String> PARAMETERS = Set.of("created", "nonce", "keyid", "alg");
  private static final int MIN_NONCE_BYTES = 16;
  private static final int MAX_NONCE_BYTES = 64;

  private final InnerList covered;
  private final String text;

  private SignatureInput(InnerList covered, String text) {
    this.covered = covered;
    this.text = text;
  }

  /** Reads a field with one signature; empty for whatever can't be one. */
  static Optional<SignatureInput> read(String value) {
    return StructuredDictionary.readOnly(LABEL, value)
        .filter(InnerList.class::isInstance)
        .map(covered ->
            new SignatureInput(
                (InnerList) covered, value.substring(LABEL.length() + "=".length())));
  }

  /** The covered components and the parameters as received, which are signed too. */
  String text() {
    return text;
  }

  /** When it was signed; empty unless {@code created} is a time. */
  Optional<Instant> created() {
    return parameter("created") instanceof IntegerItem seconds && seconds.getAsLong() >= 0
        ? Optional.of(Instant.ofEpochSecond(seconds.getAsLong()))
        : Optional.empty();
  }

  /** The key that is said to have signed; empty unless each parameter is there and in form. */
  Optional<Sha256> keyId() {
    boolean inForm =
        covered.getParams().keySet().equals(PARAMETERS)
            && created().isPresent()
            && string("alg").filter("ed25519"::equals).isPresent()
            && string("nonce").filter(SignatureInput::isNonce).isPresent();
    return inForm ? string("keyid").flatMap(Sha256::parseHex) : Optional.empty();
  }

  /**
   * The covered components in the order received; empty if one is there twice, or has parameters of
   * its own, which stand for another value than the component's.
   */
  Optional<List<String>> components() {
    List<String> names = new ArrayList<>();
    for (Item<?> each : covered.get()) {
      if (!(each instanceof StringItem name) || !name.getParams().isEmpty()) {
        return Optional.empty();
      }
      names.add(name.get());
    }
    return new HashSet<>(names).size() == names.size() ? Optional.of(names) : Optional.empty();
  }

  private @Nullable Item<?> parameter(String name) {
    return covered.getParams().get(name);
  }

  private Optional<String> string(String name) {
    return parameter(name) instanceof StringItem item ? Optional.of(item.get()) : Optional.empty();
  }

  private static boolean isNonce(String base64) {
    try {
      int length = Base64Text.decode(base64).length;
      return length >= MIN_NONCE_BYTES && length <= MAX_NONCE_BYTES;
    } catch (InvalidValueException e) {
      return false;
    }
  }
}
