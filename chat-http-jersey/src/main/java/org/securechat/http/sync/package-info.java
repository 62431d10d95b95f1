/** What a client has missed, over HTTP. */
@NullMarked
package org.securechat.http.sync;

import org.jspecify.annotations.NullMarked;
