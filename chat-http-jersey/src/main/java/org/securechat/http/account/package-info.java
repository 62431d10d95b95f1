/** The endpoints of accounts: JSON to values, use case, and back. */
@NullMarked
package org.securechat.http.account;

import org.jspecify.annotations.NullMarked;
