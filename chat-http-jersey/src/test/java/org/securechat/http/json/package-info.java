/** Tests of strict reading. */
@NullMarked
package org.securechat.http.json;

import org.jspecify.annotations.NullMarked;
