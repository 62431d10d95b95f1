/**
 * What a device remembers of its conversations from one start to the next: who was met, what was
 * verified, what is still to be sent. Losing it loses no history, but everybody is new again.
 */
@NullMarked
package org.securechat.client.state;

import org.jspecify.annotations.NullMarked;
