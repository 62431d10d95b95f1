/**
 * A conversation in a file, as one of its members may read it: the section "Exports" of
 * docs/protocol.md. {@link org.securechat.protocol.export.ExportWriter} writes it, {@link
 * org.securechat.protocol.export.ExportVerifier} verifies it without a server, an account or a
 * password. Both go line by line.
 */
@NullMarked
package org.securechat.protocol.export;

import org.jspecify.annotations.NullMarked;
