package org.securechat.http.signature;

import java.util.Optional;
import java.util.stream.Stream;

/** A way to sign requests. */
public enum SignatureScheme {
  /** The original format: data, signature and timestamp in one JSON object. */
  ENVELOPE,
  /** HTTP Message Signatures (RFC 9421). */
  RFC9421;

  /** The scheme of a name as operators write it, such as {@code rfc9421}. */
  public static Optional<SignatureScheme> named(String name) {
    return Stream.of(values()).filter(scheme -> scheme.settingName().equals(name)).findFirst();
  }

  private String settingName() {
    return switch (this) {
      case ENVELOPE -> "envelope";
      case RFC9421 -> "rfc9421";
    };
  }
}
