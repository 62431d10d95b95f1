/** The log of a conversation: messages, epochs and deletions in one order. */
@NullMarked
package org.securechat.domain.timeline;

import org.jspecify.annotations.NullMarked;
