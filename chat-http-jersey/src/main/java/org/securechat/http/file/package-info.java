/** Files over HTTP: whole, in part, and not again (RFC 9110, sections 13 and 14). */
@NullMarked
package org.securechat.http.file;

import org.jspecify.annotations.NullMarked;
