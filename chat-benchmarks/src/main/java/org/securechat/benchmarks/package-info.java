/** The load generator: what the server holds, beside what its parts allow. Not published. */
@NullMarked
package org.securechat.benchmarks;

import org.jspecify.annotations.NullMarked;
