package org.securechat.client.http;

/** How a request carries its signature. A server understands both, unless one is switched off. */
public enum SignatureScheme {
  /** HTTP Message Signatures (RFC 9421), over method, path, query and the body's digest. */
  RFC9421,
  /** The original format: an envelope around the data, here always bound to method and path. */
  ENVELOPE
}
