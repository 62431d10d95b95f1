/**
 * How a call can end badly: {@link RefusedException refused by the server}, {@link
 * UnreachableException without an answer}, {@link UnavailableException with a server that failed},
 * {@link UntrustedAnswerException with an answer that must not be used}, {@link
 * ChangedIdentityException with somebody who is another than before}, or {@link ServerLiedException
 * with a server that is proven to have lied}. All are {@link ChatException}s.
 */
@NullMarked
package org.securechat.client.failure;

import org.jspecify.annotations.NullMarked;
