/** Reading of requests: what is signed, who sends it, and the fields of its data. */
@NullMarked
package org.securechat.http.call;

import org.jspecify.annotations.NullMarked;
