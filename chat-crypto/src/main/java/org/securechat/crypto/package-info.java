/** Adapters for the cryptographic ports of the chat core. */
@NullMarked
package org.securechat.crypto;

import org.jspecify.annotations.NullMarked;
