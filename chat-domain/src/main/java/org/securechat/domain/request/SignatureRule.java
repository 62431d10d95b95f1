package org.securechat.domain.request;

/** What an endpoint wants of the signature over its requests. */
public enum SignatureRule {
  /** An original endpoint that changes something: context if the client sends it, accepted once. */
  ORIGINAL_ONCE(false, true),
  /** An original endpoint that only reads: context if the client sends it, may be repeated. */
  ORIGINAL_REPEATABLE(false, false),
  /** Any other endpoint that changes something. */
  BOUND_ONCE(true, true),
  /** Any other endpoint whose repetition changes nothing. */
  BOUND_REPEATABLE(true, false);

  private final boolean contextRequired;
  private final boolean once;

  SignatureRule(boolean contextRequired, boolean once) {
    this.contextRequired = contextRequired;
    this.once = once;
  }

  boolean contextRequired() {
    return contextRequired;
  }

  boolean once() {
    return once;
  }
}
