/**
 * The HTTP/1.1 connector (RFC 9110, RFC 9112): Grizzly, with a strict look at every request head,
 * and bounds on everything that a slow or hostile peer can hold.
 */
@NullMarked
package org.securechat.http.connector;

import org.jspecify.annotations.NullMarked;
