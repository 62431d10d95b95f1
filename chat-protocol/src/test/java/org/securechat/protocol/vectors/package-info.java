/**
 * Test vectors: those of others, and our own in {@code docs/vectors}, one class for each format.
 */
@NullMarked
package org.securechat.protocol.vectors;

import org.jspecify.annotations.NullMarked;
