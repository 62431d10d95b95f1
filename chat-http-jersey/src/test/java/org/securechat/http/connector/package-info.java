/** Tests of the connector, with real sockets on loopback. */
@NullMarked
package org.securechat.http.connector;

import org.jspecify.annotations.NullMarked;
