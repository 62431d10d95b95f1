/** Housekeeping: removing what has expired, in bounded batches. */
@NullMarked
package org.securechat.domain.upkeep;

import org.jspecify.annotations.NullMarked;
