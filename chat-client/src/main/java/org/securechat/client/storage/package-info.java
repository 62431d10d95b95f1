/** Files that hold secrets of a device: their owner's alone, and either the old or the new. */
@NullMarked
package org.securechat.client.storage;

import org.jspecify.annotations.NullMarked;
