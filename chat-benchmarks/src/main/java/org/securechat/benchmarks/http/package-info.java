/** A thin HTTP/1.1 client that drives many connections on one thread. */
@NullMarked
package org.securechat.benchmarks.http;

import org.jspecify.annotations.NullMarked;
