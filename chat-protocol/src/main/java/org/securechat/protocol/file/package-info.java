/**
 * Files in chunks, each sealed by itself: section 6 of the end-to-end encryption. A file is never
 * in memory whole.
 */
@NullMarked
package org.securechat.protocol.file;

import org.jspecify.annotations.NullMarked;
