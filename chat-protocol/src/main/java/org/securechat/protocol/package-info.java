/**
 * The client side of the end-to-end encryption: no network, no storage, no server. {@link
 * org.securechat.protocol.key} has what comes from the password, and the keys of a person.
 */
@NullMarked
package org.securechat.protocol;

import org.jspecify.annotations.NullMarked;
