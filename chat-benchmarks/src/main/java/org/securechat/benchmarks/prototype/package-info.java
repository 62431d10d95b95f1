/** The bare send path, without domain and rights: what the product is held against. */
@NullMarked
package org.securechat.benchmarks.prototype;

import org.jspecify.annotations.NullMarked;
