/**
 * The wire contract of conversations, walked row by row by a client that knows nothing of the
 * server but its URL. Whoever runs a server of their own implements the {@code …ApiContract}
 * interfaces in a test.
 */
@NullMarked
package org.securechat.testkit.wire;

import org.jspecify.annotations.NullMarked;
