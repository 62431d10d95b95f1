package org.securechat.domain.request;

/**
 * A signed request whose time lies in the window; only {@link VerifySignedRequest#requireTimely}
 * makes one. The signature is still to be verified, by whoever knows the signer.
 */
public final class TimelyRequest {
  private final SignedRequest request;

  TimelyRequest(SignedRequest request) {
    this.request = request;
  }

  SignedRequest request() {
    return request;
  }
}
