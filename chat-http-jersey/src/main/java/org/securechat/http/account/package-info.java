/** The five original endpoints: register, confirm, log in, log out, read oneself. */
@NullMarked
package org.securechat.http.account;

import org.jspecify.annotations.NullMarked;
