/** Conversations over HTTP: who is in them, and the epochs of their keys. */
@NullMarked
package org.securechat.http.conversation;

import org.jspecify.annotations.NullMarked;
