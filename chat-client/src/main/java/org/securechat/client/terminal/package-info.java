/**
 * The client for a terminal: {@code secure-chat client …}. {@link TerminalClient} runs it; scripts
 * drive it by lines on standard input and {@code --json}.
 */
@NullMarked
package org.securechat.client.terminal;

import org.jspecify.annotations.NullMarked;
