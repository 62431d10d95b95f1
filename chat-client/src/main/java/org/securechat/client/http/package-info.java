/**
 * How requests are signed, sent and answered. Applications meet {@link SignatureScheme} and {@link
 * SessionCookie} here; the rest is for the client's own use.
 */
@NullMarked
package org.securechat.client.http;

import org.jspecify.annotations.NullMarked;
