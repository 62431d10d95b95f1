/** The processes that are measured, and where they keep their files. */
@NullMarked
package org.securechat.benchmarks.process;

import org.jspecify.annotations.NullMarked;
