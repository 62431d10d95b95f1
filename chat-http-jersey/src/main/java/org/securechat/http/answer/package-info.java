/** The shape of every answer and every error. */
@NullMarked
package org.securechat.http.answer;

import org.jspecify.annotations.NullMarked;
