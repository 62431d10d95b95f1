/**
 * How a conversation looks and is typed in a terminal: what others wrote made harmless, wrapped and
 * coloured, and what the user typed understood. Knows nothing of servers and commands.
 */
@NullMarked
package org.securechat.client.terminal.chat;

import org.jspecify.annotations.NullMarked;
