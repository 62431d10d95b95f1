/** Conversations: who is in them, and the epochs of their keys. */
@NullMarked
package org.securechat.domain.conversation;

import org.jspecify.annotations.NullMarked;
