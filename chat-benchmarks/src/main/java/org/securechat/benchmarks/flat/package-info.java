/** Whether the cost of a send and of a page depends on how much is there. */
@NullMarked
package org.securechat.benchmarks.flat;

import org.jspecify.annotations.NullMarked;
