/**
 * What people say to each other: the plaintext of messages, section 4 of the end-to-end encryption.
 * Everything in it is another member's word.
 */
@NullMarked
package org.securechat.protocol.content;

import org.jspecify.annotations.NullMarked;
