/** JSON as strictly as a server reads it: one text, one meaning. */
@NullMarked
package org.securechat.protocol.json;

import org.jspecify.annotations.NullMarked;
