/** The store ports of the chat core on SQL databases. */
@NullMarked
package org.securechat.persistence;

import org.jspecify.annotations.NullMarked;
