package org.securechat.client.http;

import java.time.Instant;
import org.securechat.protocol.key.IdentityKeyPair;

/** Signs calls in one of the two schemes. */
interface RequestSigner {

  /** Signs as of a time; each time with a fresh nonce. */
  SignedCall sign(Call call, IdentityKeyPair identity, Instant time);
}
