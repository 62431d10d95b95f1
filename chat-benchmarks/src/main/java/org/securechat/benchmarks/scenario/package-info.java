/** What is asked of the server, over and over. */
@NullMarked
package org.securechat.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
