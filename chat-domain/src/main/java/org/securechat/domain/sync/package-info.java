/** What happens while somebody waits for it, and what happened since they looked last. */
@NullMarked
package org.securechat.domain.sync;

import org.jspecify.annotations.NullMarked;
