/**
 * HTTP Message Signatures (RFC 9421) by the strict profile of the wire contract: what is not
 * exactly in it does not verify.
 */
@NullMarked
package org.securechat.http.signature;

import org.jspecify.annotations.NullMarked;
