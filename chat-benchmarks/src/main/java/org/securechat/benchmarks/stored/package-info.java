/** The product's use cases on a database of this process, without HTTP and signed requests. */
@NullMarked
package org.securechat.benchmarks.stored;

import org.jspecify.annotations.NullMarked;
