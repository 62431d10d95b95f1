/** The server: configuration, wiring, command line. */
@NullMarked
package org.securechat.app;

import org.jspecify.annotations.NullMarked;
