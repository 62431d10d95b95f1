/**
 * From the password to the keys of a person: sections 1 and 2 of the end-to-end encryption.
 *
 * <pre>{@code
 * PasswordKeys keys = PasswordKeys.derive(email, Password.of(typed), PasswordKdf.STANDARD);
 * IdentityKeyPair identity = IdentityKeyPair.generate(random);
 * WrappedPrivateKey forTheServer = keys.wrappingKey().wrap(identity, random);
 *
 * // on another device, with the same password
 * IdentityKeyPair again = keys.wrappingKey().unwrap(forTheServer, identity.publicKey());
 * }</pre>
 *
 * <p>Every key is a type of its own, none prints itself, and none does another one's work. All
 * types are immutable and safe for use by many threads. Public test vectors of each format stand in
 * {@code docs/vectors}.
 */
@NullMarked
package org.securechat.protocol.key;

import org.jspecify.annotations.NullMarked;
