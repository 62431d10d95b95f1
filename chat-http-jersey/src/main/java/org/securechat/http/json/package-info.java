/**
 * Strict JSON (RFC 8259) in, without a tree: received characters stay what they are, because
 * signatures are made over them.
 */
@NullMarked
package org.securechat.http.json;

import org.jspecify.annotations.NullMarked;
