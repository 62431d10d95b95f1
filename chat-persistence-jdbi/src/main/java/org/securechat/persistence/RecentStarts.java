package org.securechat.persistence;

import java.time.Instant;
import java.util.Optional;

/**
 * What somebody has begun lately.
 *
 * @param started how many conversations
 * @param first when the first of these
 */
record RecentStarts(int started, Optional<Instant> first) {}
