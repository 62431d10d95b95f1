/** The wire contract over HTTP: Jersey resources, and the Grizzly connector they run on. */
@NullMarked
package org.securechat.http;

import org.jspecify.annotations.NullMarked;
