/**
 * How a call can end badly: {@link RefusedException refused by the server}, {@link
 * UnreachableException without an answer}, {@link UnavailableException with a server that failed},
 * or {@link UntrustedAnswerException with an answer that must not be used}, or {@link
 * ChangedIdentityException with an account that is another}. All are {@link ChatException}s.
 */
@NullMarked
package org.securechat.client.failure;

import org.jspecify.annotations.NullMarked;
