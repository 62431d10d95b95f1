/**
 * What is signed in a conversation, byte for byte as servers and clients have to agree on it:
 * statements of epochs, messages, deletions, and the running hash over the log of all three.
 *
 * <p>Nothing here signs, verifies or decrypts, and no text is read in any but its one form.
 */
@NullMarked
package org.securechat.domain.transcript;

import org.jspecify.annotations.NullMarked;
