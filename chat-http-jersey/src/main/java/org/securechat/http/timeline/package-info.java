/** Timelines over HTTP: messages, deletions and read marks. */
@NullMarked
package org.securechat.http.timeline;

import org.jspecify.annotations.NullMarked;
