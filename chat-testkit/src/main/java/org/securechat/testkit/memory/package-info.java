/** In-memory adapters, for tests and for embedding without a database. */
@NullMarked
package org.securechat.testkit.memory;

import org.jspecify.annotations.NullMarked;
