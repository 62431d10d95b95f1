/**
 * Conversations: encrypted before they leave this device, verified before anything of them is
 * shown.
 */
@NullMarked
package org.securechat.client.conversation;

import org.jspecify.annotations.NullMarked;
