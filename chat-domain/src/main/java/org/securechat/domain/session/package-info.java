/** Sessions: what a cookie stands for, and who is calling. */
@NullMarked
package org.securechat.domain.session;

import org.jspecify.annotations.NullMarked;
