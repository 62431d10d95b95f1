/** Passwords, second factors and the gate that decides every check of them. */
@NullMarked
package org.securechat.domain.credential;

import org.jspecify.annotations.NullMarked;
