/** In-memory adapters for every port, and the contracts that every adapter keeps. */
@NullMarked
package org.securechat.testkit;

import org.jspecify.annotations.NullMarked;
