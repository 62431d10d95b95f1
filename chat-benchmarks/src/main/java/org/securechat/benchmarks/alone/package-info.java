/** Parts of a request's work, measured without the rest. */
@NullMarked
package org.securechat.benchmarks.alone;

import org.jspecify.annotations.NullMarked;
